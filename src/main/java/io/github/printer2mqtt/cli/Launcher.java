package io.github.printer2mqtt.cli;

import io.github.printer2mqtt.config.BridgeConfig;

/** Starts bridges for the command line. Both methods return when the API listens, and throw {@link StartException}. */
public interface Launcher {
    /** A bridge that runs. */
    interface Running extends AutoCloseable {
        /** What the user is told at start. */
        StartBanner banner();

        /** Waits until the bridge has stopped, by {@link #close()} or by itself. */
        void awaitStop() throws InterruptedException;

        /** Stops it within its bound. May be called twice and from any thread. */
        @Override
        void close();
    }

    Running start(BridgeConfig config);

    /**
     * A bridge with simulated printers and a temporary database.
     *
     * @param config for where it listens and what it connects to; its database is not used
     */
    Running startDemo(BridgeConfig config);
}
