package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.files.OpenFileLimit;
import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.text.CountText;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits the open connections to printers to the process's limit of open files, minus a reserve for HTTP clients, brokers
 * and the database. Safe for every thread.
 */
final class ConnectionBudget {
    private static final int RESERVE = 384;

    /** Allowed however low the limit of open files is. */
    private static final int MINIMUM = 16;

    /** For event loops, the database, a broker and {@link #MINIMUM} printers: the demo needs 95. */
    private static final int LOWEST = 128;

    /** Above this share connections are closed after each exchange, so that every printer gets one in turn. */
    private static final double SCARCITY_THRESHOLD = 0.9;

    private final long files;
    private final int limit;
    private final AtomicInteger taken = new AtomicInteger();

    private ConnectionBudget(long files, int limit) {
        this.files = files;
        this.limit = limit;
    }

    /** @param files that the process may open, {@code ulimit -n} */
    static ConnectionBudget of(long files) {
        return new ConnectionBudget(files, (int) Math.max(MINIMUM, Math.min(Integer.MAX_VALUE, files - RESERVE)));
    }

    /** That of this process. */
    static ConnectionBudget ofProcess() {
        return of(OpenFileLimit.ofProcess());
    }

    /** Acquires a permit for a connection, to be released once. */
    boolean acquire() {
        if (taken.incrementAndGet() <= limit) {
            return true;
        }
        taken.decrementAndGet();
        return false;
    }

    void release() {
        taken.decrementAndGet();
    }

    /** The failure of a connection without a permit. */
    static PrinterException exhausted() {
        return new PrinterException(
                FailureReason.UNREACHABLE, "the bridge has reached its limit of open files: raise it (ulimit -n)");
    }

    boolean isScarce() {
        return taken.get() > limit * SCARCITY_THRESHOLD;
    }

    /**
     * Shows as health and as a metric whether the limit fits the number of printers; nothing if the system has no limit, as
     * Windows.
     *
     * @param printers that are registered now
     */
    void show(MetricsRegistry metricsRegistry, IntSupplier printers) {
        if (files >= OpenFileLimit.NONE) {
            return;
        }
        metricsRegistry.addHealthCheck("files", () -> {
            String shortage = shortage(printers.getAsInt());
            return shortage == null ? Health.up() : Health.degraded(shortage);
        });
        GaugeWithCallback.builder()
                .name("printer2mqtt_needed_fds")
                .help(
                        "Files that the process must be able to open for the registered printers; compare process_max_fds.")
                .callback(callback -> callback.call((double) needed(printers.getAsInt())))
                .register(metricsRegistry.prometheus());
    }

    /** Files that the process must be able to open for so many printers. */
    private static long needed(int printers) {
        // Includes the share above the threshold, so that no printer loses its connection.
        return (long) Math.ceil(printers / SCARCITY_THRESHOLD) + RESERVE;
    }

    /** One line for the user if the bridge cannot run at all; null if it can. */
    @Nullable String tooFew() {
        return files >= LOWEST
                ? null
                : "the limit of open files (ulimit -n) is " + files + ", expected at least " + LOWEST + " and "
                        + RESERVE + " more than printers; raise it (LimitNOFILE of systemd, ulimits of Docker)";
    }

    /** A warning for the user if the limit is too low for so many printers; null if it is not. */
    @Nullable String shortage(int printers) {
        long needed = needed(printers);
        return needed <= files
                ? null
                : "the limit of open files (ulimit -n) is " + files + ", "
                        + (printers == 0
                                ? "a bridge without printers needs"
                                : CountText.of(printers, "printer needs", "printers need"))
                        + " " + needed
                        + ": the bridge opens a new connection for each poll; raise the limit (LimitNOFILE of systemd,"
                        + " ulimits of Docker)";
    }
}
