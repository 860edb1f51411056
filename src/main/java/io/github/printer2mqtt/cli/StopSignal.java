package io.github.printer2mqtt.cli;

import io.github.printer2mqtt.files.TemporaryFolder;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets Ctrl+C and SIGTERM stop the bridge in order and end the process with exit code 0. A signal during the start ends
 * the process at once.
 */
public final class StopSignal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);

    private final AtomicReference<Launcher.@Nullable Running> bridge = new AtomicReference<>();
    private final Thread hook = new Thread(this::stop, "stop");

    private StopSignal() {}

    /** Handles signals from now on. */
    public static StopSignal install() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** Lets a signal close this bridge from now on. */
    public void closes(Launcher.Running running) {
        bridge.set(running);
    }

    /** Leaves signals to the JVM again; does not return if one has been received. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            awaitEnd();
        }
    }

    private void awaitEnd() {
        try {
            hook.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop() {
        ExitCode code = ExitCode.FAILURE;
        try {
            Launcher.Running running = bridge.get();
            if (running != null) {
                running.close();
            }
            TemporaryFolder.deleteOfProcess();
            code = ExitCode.OK;
        } catch (RuntimeException e) {
            LOG.error("the bridge did not stop cleanly", e);
        } finally {
            // Otherwise the exit code after a signal is 143, which service managers treat as a failure.
            Runtime.getRuntime().halt(code.number());
        }
    }
}
