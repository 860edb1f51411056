package io.github.printer2mqtt.bench;

import java.util.concurrent.TimeUnit;

/** Ending processes that the benchmark has started. */
final class ChildProcess {
    private static final int PATIENCE_SECONDS = 10;

    private ChildProcess() {}

    /** Asks a process to end and kills it if it does not; returns when it is gone. */
    static void end(Process process) {
        process.destroy();
        awaitEnd(process);
    }

    /** Waits for a process that ends by itself and kills it if it does not. */
    static void awaitEnd(Process process) {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
