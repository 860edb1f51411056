package io.github.printer2mqtt.net.http;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Limits the open connections to printers to the process's limit of open files, minus a reserve for HTTP clients, brokers
 * and the database. Safe for every thread.
 */
final class ConnectionBudget {
    private static final int RESERVE = 384;

    /** Allowed however low the limit of open files is. */
    private static final int MINIMUM = 16;

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

    /** Unlimited if the system reports no limit. */
    static ConnectionBudget ofSystem() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? of(system.getMaxFileDescriptorCount())
                : of(Integer.MAX_VALUE);
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

    /** A warning for the user if the limit is too low for so many printers; null if it is not. */
    @Nullable String shortage(int printers) {
        // Includes the share above the threshold, so that no printer loses its connection.
        long needed = (long) Math.ceil(printers / SCARCITY_THRESHOLD) + RESERVE;
        return needed <= files
                ? null
                : "the limit of open files (ulimit -n) is " + files + ", " + printers + " printers need " + needed
                        + ": the bridge opens a new connection for each poll; raise the limit (LimitNOFILE of systemd,"
                        + " ulimits of Docker)";
    }
}
