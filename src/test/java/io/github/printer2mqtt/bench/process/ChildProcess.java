package io.github.printer2mqtt.bench.process;

import java.util.concurrent.TimeUnit;

/** Ends processes that the benchmark started. */
public final class ChildProcess {
    private static final int PATIENCE_SECONDS = 10;

    private ChildProcess() {}

    /** Terminates a process, or kills it if it does not end in time; returns when it has ended. */
    public static void end(Process process) {
        process.destroy();
        awaitEnd(process);
    }

    /** Waits for a process to end by itself, and kills it if it does not in time. */
    public static void awaitEnd(Process process) {
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
