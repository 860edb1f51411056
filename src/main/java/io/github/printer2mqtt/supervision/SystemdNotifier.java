package io.github.printer2mqtt.supervision;

import io.github.printer2mqtt.text.TextSanitizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies systemd that this service is ready, alive and stopping, as sd_notify(3) and sd_watchdog_enabled(3) define. Does nothing
 * where systemd did not start the process. Its methods must not be called on an event loop.
 */
public final class SystemdNotifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SystemdNotifier.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int MAX_ERRORS = 200;

    /** Where systemd listens; null if it expects nothing. */
    private final @Nullable String socket;

    /** Between two watchdog notifications; null if systemd expects none. */
    private final @Nullable Duration interval;

    private final CountDownLatch closed = new CountDownLatch(1);

    private SystemdNotifier(@Nullable String socket, @Nullable Duration interval) {
        this.socket = socket;
        this.interval = interval;
    }

    /** As systemd asks for it in the environment of this process. */
    public static SystemdNotifier of(Map<String, String> environment) {
        String self = Long.toString(ProcessHandle.current().pid());
        boolean isWatched = environment.getOrDefault("WATCHDOG_PID", self).equals(self);
        return new SystemdNotifier(
                environment.get("NOTIFY_SOCKET"), isWatched ? interval(environment.get("WATCHDOG_USEC")) : null);
    }

    /** Half of the time after which systemd ends a silent service, as its manual recommends. */
    private static @Nullable Duration interval(@Nullable String micros) {
        try {
            return micros == null
                    ? null
                    : Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(Long.parseLong(micros)))
                            .dividedBy(2);
        } catch (NumberFormatException e) {
            LOG.warn("WATCHDOG_USEC: found {}, expected a number; systemd gets no watchdog notification", micros);
            return null;
        }
    }

    /** For a process that systemd did not start. */
    public static SystemdNotifier none() {
        return new SystemdNotifier(null, null);
    }

    /**
     * Reports that the bridge serves, and from now on that its event loops run.
     *
     * @param status one line for {@code systemctl status}
     * @param loops the event loops; if one of them runs no task, systemd gets no watchdog notification and restarts the service
     */
    public void ready(String status, List<? extends Executor> loops) {
        if (socket == null || !send("READY=1", "STATUS=" + status) || interval == null) {
            return;
        }
        Duration between = interval;
        Thread thread = new Thread(() -> reportLoops(loops, between), "systemd-watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    /** Reports that the bridge stops, without waiting for systemd. */
    @Override
    public void close() {
        if (socket != null && closed.getCount() > 0) {
            closed.countDown();
            try {
                start(ProcessBuilder.Redirect.DISCARD, "STOPPING=1");
            } catch (IOException e) {
                LOG.debug("systemd-notify: {}", e.getMessage());
            }
        }
    }

    private void reportLoops(List<? extends Executor> loops, Duration between) {
        try {
            Duration wait = between;
            while (!closed.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                if (EventLoopWatchdog.isEachRunning(loops, between.dividedBy(2))) {
                    send("WATCHDOG=1");
                    wait = between;
                } else if (closed.getCount() > 0) {
                    LOG.error("an event loop does not respond; unless it does soon, systemd restarts the service");
                    // A loop that was late once must not wait for its next turn until the time of systemd is over.
                    wait = between.dividedBy(10);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the program could send them; if not, a line is logged. */
    private boolean send(String... assignments) {
        Process process = null;
        try {
            process = start(ProcessBuilder.Redirect.PIPE, assignments);
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "systemd-notify did not end within {} s; systemd does not know {}",
                        LIMIT.toSeconds(),
                        assignments[0]);
            } else if (process.exitValue() != 0) {
                LOG.warn("systemd-notify: {}; systemd does not know {}", errors(process), assignments[0]);
            } else {
                return true;
            }
        } catch (IOException e) {
            LOG.warn("systemd-notify: {}; systemd does not know {}", e.getMessage(), assignments[0]);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
        return false;
    }

    private static String errors(Process ended) throws IOException {
        String output = new String(ended.getErrorStream().readNBytes(MAX_ERRORS), StandardCharsets.UTF_8);
        String line = TextSanitizer.line(output, MAX_ERRORS);
        return line == null ? "exit code " + ended.exitValue() : line;
    }

    private Process start(ProcessBuilder.Redirect errors, String... assignments) throws IOException {
        List<String> command = new ArrayList<>(List.of("systemd-notify"));
        command.addAll(List.of(assignments));
        ProcessBuilder program = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors);
        program.environment().put("NOTIFY_SOCKET", String.valueOf(socket));
        return program.start();
    }
}
