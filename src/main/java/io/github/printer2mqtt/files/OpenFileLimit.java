package io.github.printer2mqtt.files;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files the process may have open, connections included ({@code ulimit -n}). */
public final class OpenFileLimit {
    /** Where the system has no such limit, as Windows. */
    public static final long NONE = Integer.MAX_VALUE;

    private OpenFileLimit() {}

    /** That of this process; {@link #NONE} if the system reports none. It does not change while the process runs. */
    public static long ofProcess() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? Math.min(NONE, system.getMaxFileDescriptorCount())
                : NONE;
    }
}
