package io.github.printer2mqtt.cli;

import io.github.printer2mqtt.config.BridgeConfig;

/** Starts bridges for the command line. Both methods return when the bridge serves, and throw {@link StartException}. */
public interface Launcher {
    /** Which simulated printers a demo has. */
    enum DemoMakes {
        /** Twelve behind OctoPrint, Moonraker and PrusaLink. */
        USUAL,
        /** Those, and one printer of each other make. */
        ALL
    }

    /** A running bridge. */
    interface Running extends AutoCloseable {
        /** What the user reads after the start. */
        StartBanner banner();

        /** Waits until the bridge has stopped. */
        void awaitStop() throws InterruptedException;

        /** Stops the bridge within a bounded time. Idempotent and thread-safe. */
        @Override
        void close();
    }

    Running start(BridgeConfig config);

    /**
     * Starts a bridge with simulated printers and a temporary database.
     *
     * @param config for the ports and the broker; its database is not used
     */
    Running startDemo(BridgeConfig config, DemoMakes makes);
}
