package io.github.printer2mqtt.cli;

import io.github.printer2mqtt.files.TemporaryFolder;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ctrl+C and SIGTERM, which end a bridge in order and the process with exit code 0. A signal that comes during the start
 * ends the process at once.
 */
public final class StopSignal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);

    private final AtomicReference<Launcher.@Nullable Running> bridge = new AtomicReference<>();
    private final Thread hook = new Thread(this::stop, "stop");

    private StopSignal() {}

    /** From now on a signal is handled here. */
    public static StopSignal install() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** From now on a signal closes this bridge. */
    public void closes(Launcher.Running running) {
        bridge.set(running);
    }

    /** Leaves signals to the JVM again; does not return if one has come. */
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
            LOG.error("the bridge did not stop in order", e);
        } finally {
            // A JVM that ends by a signal ends with 143 otherwise, which service managers take for a failure.
            Runtime.getRuntime().halt(code.number());
        }
    }
}
