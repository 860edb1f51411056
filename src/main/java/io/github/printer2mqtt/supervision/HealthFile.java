package io.github.printer2mqtt.supervision;

import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.metrics.Health.Level;
import io.github.printer2mqtt.text.QuotedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes every 5 seconds into a file whether this bridge is ready, for the health check of a container, which then needs
 * neither a JVM nor a request. The file has one line: {@code ready}, or {@code not ready:} with what is down. While an event
 * loop hangs it is not written, so its age shows that. Does nothing where the environment names no file.
 */
public final class HealthFile implements AutoCloseable {
    public static final String VARIABLE = "PRINTER2MQTT_HEALTH_FILE";

    private static final Logger LOG = LoggerFactory.getLogger(HealthFile.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final @Nullable Path file;

    /** Between two looks; an event loop may take as long for a task. */
    private final Duration interval;

    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean isWritable = true;

    private HealthFile(@Nullable Path file, Duration interval) {
        this.file = file;
        this.interval = interval;
    }

    /** The file that the environment names. */
    public static HealthFile of(Map<String, String> environment) {
        String path = environment.getOrDefault(VARIABLE, "");
        try {
            return path.isEmpty() ? none() : at(Path.of(path), INTERVAL);
        } catch (InvalidPathException e) {
            LOG.warn(
                    "{}: found {}, expected the path of a file; no health file is written",
                    VARIABLE,
                    QuotedText.of(path));
            return none();
        }
    }

    public static HealthFile none() {
        return new HealthFile(null, INTERVAL);
    }

    static HealthFile at(Path file, Duration interval) {
        return new HealthFile(file, interval);
    }

    /**
     * Writes the file from now on, on a thread of its own.
     *
     * @param loops the event loops that must run
     * @param parts the health of each component, by name
     */
    public void start(List<? extends Executor> loops, Supplier<Map<String, Health>> parts) {
        if (file != null) {
            Path path = file;
            Thread thread = new Thread(() -> run(path, loops, parts), "health-file");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run(Path path, List<? extends Executor> loops, Supplier<Map<String, Health>> parts) {
        try {
            do {
                if (EventLoopWatchdog.isEachRunning(loops, interval)) {
                    write(path, line(parts.get()));
                }
            } while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS));
            Files.deleteIfExists(path);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("cannot delete the health file {}", path, e);
        }
    }

    private static String line(Map<String, Health> parts) {
        String down = parts.entrySet().stream()
                .filter(part -> part.getValue().level() == Level.DOWN)
                .map(part -> part.getKey() + " " + part.getValue().detail())
                .collect(Collectors.joining("; "));
        return (down.isEmpty() ? "ready" : "not ready: " + down) + "\n";
    }

    /** Renames a complete file, so that a health check never reads an empty one. */
    private void write(Path path, String line) {
        Path part = path.resolveSibling(path.getFileName() + ".part");
        try {
            Files.writeString(part, line);
            Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            isWritable = true;
        } catch (IOException e) {
            if (isWritable) {
                LOG.warn(
                        "cannot write the health file {}, so health checks of this container fail: {}",
                        path,
                        e.toString());
            }
            isWritable = false;
        }
    }

    /** Stops writing and removes the file, without waiting for it. */
    @Override
    public void close() {
        closed.countDown();
    }
}
