package io.github.printer2mqtt.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.AppenderBase;
import io.vertx.core.VertxOptions;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * Detects code of the bridge that blocks an event loop for 100 ms. Of the blocked loops that Vert.x reports, those with a
 * frame of the bridge in their stack count.
 *
 * <p>A busy machine blocks loops as well. So the delay of a thread that wakes up every 10 ms is subtracted, and the limit grows
 * with the load per processor. Class loading, the leak detector of some tests and the first seconds of the JVM are ignored.
 */
public final class LoopGuard extends AppenderBase<ILoggingEvent> {
    private static final long LIMIT_MILLIS = 100;
    private static final long PULSE_MILLIS = 10;
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int KEPT = 512;

    private static final Pattern BLOCKED = Pattern.compile("has been blocked for (\\d+) ms");
    /** What runs longer in a test than for users: the first use of classes, and records of who used a buffer. */
    private static final List<String> OF_TESTS = List.of(
            "java.lang.ClassLoader", "java.lang.invoke", "jdk.internal.loader", "io.netty.util.ResourceLeakDetector");

    private static final LoopGuard GUARD = installed();

    private final long startNanos = System.nanoTime();
    private final List<String> findings = new ArrayList<>();
    private final long[] latenessAt = new long[KEPT];
    private final long[] latenessMillis = new long[KEPT];
    private int latenesses;

    private LoopGuard() {}

    private static LoopGuard installed() {
        LoopGuard guard = new LoopGuard();
        Logger logger = (Logger) LoggerFactory.getLogger("io.vertx.core.impl.BlockedThreadChecker");
        guard.setContext(Objects.requireNonNull(logger.getLoggerContext()));
        guard.start();
        logger.addAppender(guard);
        // Vert.x logs a stack for every check of a blocked loop; this class reports the relevant ones.
        logger.setAdditive(false);
        Thread pulse = new Thread(guard::pulse, "loop-guard-pulse");
        pulse.setDaemon(true);
        pulse.start();
        return guard;
    }

    /** Vert.x options that enable the guard. */
    public static VertxOptions options() {
        return new VertxOptions()
                .setBlockedThreadCheckInterval(20)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS)
                .setMaxEventLoopExecuteTime(LIMIT_MILLIS)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
                .setWarningExceptionTime(LIMIT_MILLIS)
                .setWarningExceptionTimeUnit(TimeUnit.MILLISECONDS);
    }

    /** Fails if a guarded loop was blocked since the last call. */
    public static void check() {
        List<String> taken = GUARD.takeFindings();
        if (!taken.isEmpty()) {
            throw new AssertionError("an event loop was blocked:\n" + String.join("\n", taken));
        }
    }

    /** Discards all findings. */
    static void forget() {
        GUARD.takeFindings();
    }

    private synchronized List<String> takeFindings() {
        List<String> taken = List.copyOf(findings);
        findings.clear();
        return taken;
    }

    @Override
    protected void append(ILoggingEvent event) {
        long now = System.nanoTime();
        Matcher match = BLOCKED.matcher(event.getFormattedMessage());
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown == null || !match.find() || now - startNanos < WARM_UP_NANOS) {
            return;
        }
        List<StackTraceElement> frames = Arrays.stream(thrown.getStackTraceElementProxyArray())
                .map(StackTraceElementProxy::getStackTraceElement)
                .toList();
        boolean ours = frames.stream().anyMatch(frame -> frame.getClassName().startsWith("io.github.printer2mqtt."))
                && frames.stream().noneMatch(LoopGuard::isOfTests);
        long blockedMillis = Long.parseLong(match.group(1));
        if (ours
                && blockedMillis - lateness(now - TimeUnit.MILLISECONDS.toNanos(blockedMillis))
                        > LIMIT_MILLIS * loadFactor()) {
            String stack = frames.stream().map(frame -> "\n\tat " + frame).collect(Collectors.joining());
            addFinding(event.getFormattedMessage() + stack);
        }
    }

    private static boolean isOfTests(StackTraceElement frame) {
        return frame.getMethodName().equals("<clinit>") || OF_TESTS.stream().anyMatch(frame.getClassName()::startsWith);
    }

    private synchronized void addFinding(String finding) {
        if (findings.size() < 5) {
            findings.add(finding);
        }
    }

    private static double loadFactor() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return Math.max(1, load / Runtime.getRuntime().availableProcessors());
    }

    private synchronized long lateness(long sinceNanos) {
        long sum = 0;
        for (int i = 0; i < Math.min(latenesses, KEPT); i++) {
            sum += latenessAt[i] - sinceNanos > 0 ? latenessMillis[i] : 0;
        }
        return sum;
    }

    private void pulse() {
        while (true) {
            long before = System.nanoTime();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PULSE_MILLIS));
            long now = System.nanoTime();
            long late = TimeUnit.NANOSECONDS.toMillis(now - before) - PULSE_MILLIS;
            if (late >= PULSE_MILLIS) {
                noteLateness(now, late);
            }
        }
    }

    private synchronized void noteLateness(long now, long late) {
        latenessAt[latenesses % KEPT] = now;
        latenessMillis[latenesses % KEPT] = late;
        latenesses++;
    }
}
