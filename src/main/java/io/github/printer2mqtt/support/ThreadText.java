package io.github.printer2mqtt.support;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.Comparator;

/** The threads of this process: name, state and the newest frames. */
public final class ThreadText {
    private static final int MAX_FRAMES = 20;

    private ThreadText() {}

    public static String now() {
        StringBuilder text = new StringBuilder();
        ThreadInfo[] threads = ManagementFactory.getThreadMXBean().dumpAllThreads(false, false, MAX_FRAMES);
        Arrays.stream(threads)
                .sorted(Comparator.comparing(ThreadInfo::getThreadName))
                .forEach(thread -> {
                    text.append(thread.getThreadName())
                            .append(": ")
                            .append(thread.getThreadState())
                            .append('\n');
                    for (StackTraceElement frame : thread.getStackTrace()) {
                        text.append("    ").append(frame).append('\n');
                    }
                });
        return text.toString();
    }
}
