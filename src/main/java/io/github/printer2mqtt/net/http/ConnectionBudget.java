package io.github.printer2mqtt.net.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How many connections to printers may be open at once: as many as the process may open files, without a reserve for HTTP
 * clients, brokers and the database. Safe for every thread.
 */
final class ConnectionBudget {
    /** Open files that printers cannot take. */
    private static final int RESERVE = 384;

    /** However low the limit is, so many printers at a time can be asked. */
    private static final int LEAST = 16;

    /** From this share on connections are closed after each exchange, so that every printer gets its turn. */
    private static final double SCARCE = 0.9;

    private final long files;
    private final int most;
    private final AtomicInteger taken = new AtomicInteger();

    private ConnectionBudget(long files, int most) {
        this.files = files;
        this.most = most;
    }

    /** @param files that the process may open, {@code ulimit -n} */
    static ConnectionBudget of(long files) {
        return new ConnectionBudget(files, (int) Math.max(LEAST, Math.min(Integer.MAX_VALUE, files - RESERVE)));
    }

    /** Without a limit where the system has none to tell. */
    static ConnectionBudget ofSystem() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? of(system.getMaxFileDescriptorCount())
                : of(Integer.MAX_VALUE);
    }

    /** Takes a place for a connection; whoever got it gives it back once. */
    boolean take() {
        if (taken.incrementAndGet() <= most) {
            return true;
        }
        taken.decrementAndGet();
        return false;
    }

    void giveBack() {
        taken.decrementAndGet();
    }

    boolean isScarce() {
        return taken.get() > most * SCARCE;
    }

    /** What to tell a person where the limit is too low for so many printers, one line; null if it is not. */
    @Nullable String shortage(int printers) {
        // The tenth that makes places scarce comes on top, else the last printers keep no connection.
        long needed = (long) Math.ceil(printers / SCARCE) + RESERVE;
        return needed <= files
                ? null
                : "the limit of open files (ulimit -n) is " + files + ", " + printers + " printers need " + needed
                        + ": the bridge opens a new connection for each poll; raise the limit (LimitNOFILE of systemd,"
                        + " ulimits of Docker)";
    }
}
