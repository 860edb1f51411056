package io.github.printer2mqtt.cli;

/** Ctrl+C and SIGTERM, which end a bridge in order. */
final class StopSignal {
    private final Launcher.Running bridge;
    private final Thread stop;

    private StopSignal(Launcher.Running bridge) {
        this.bridge = bridge;
        this.stop = new Thread(bridge::close, "stop");
    }

    /** From now on a signal closes the bridge. */
    static StopSignal closing(Launcher.Running bridge) {
        StopSignal signal = new StopSignal(bridge);
        Runtime.getRuntime().addShutdownHook(signal.stop);
        return signal;
    }

    /** Returns when the bridge has stopped, because of a signal or by itself. */
    void await() throws InterruptedException {
        bridge.awaitStop();
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException e) {
            // The signal came: the hook is what stopped the bridge, and the JVM ends with it.
            stop.join();
        }
    }
}
