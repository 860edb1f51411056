package io.github.printer2mqtt;

/** Ctrl+C and SIGTERM, which end a bridge in order. */
final class StopSignal {
    private StopSignal() {}

    /** Returns when the bridge has stopped, because of a signal or by itself. */
    static void await(Launcher.Running bridge) throws InterruptedException {
        Thread stop = new Thread(bridge::close, "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        bridge.awaitStop();
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException e) {
            // The signal came: the hook is what stopped the bridge, and the JVM ends with it.
            stop.join();
        }
    }
}
