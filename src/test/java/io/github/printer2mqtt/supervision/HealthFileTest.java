package io.github.printer2mqtt.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.CapturedLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The file for the health check of a container, and {@code docker/healthcheck}, which reads it. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class HealthFileTest {
    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final Map<String, Health> parts = new ConcurrentHashMap<>(Map.of("registry", Health.up()));
    private final CountDownLatch hanging = new CountDownLatch(1);

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("health");
    }

    @AfterEach
    void endLoop() {
        hanging.countDown();
        loop.shutdown();
    }

    @Test
    void bridgeIsHealthyUntilAPartIsDown() {
        assertThat(check()).isEqualTo("1 not ready: " + file + " is missing, so the bridge has not started");
        try (HealthFile health = HealthFile.at(file, Duration.ofMillis(20))) {
            health.start(List.of(loop), () -> parts);
            awaitCheck("0 ready");
            parts.put("broker", Health.degraded("not connected"));
            parts.put("database", Health.down("the file was replaced"));
            awaitCheck("1 not ready: database the file was replaced");
            parts.put("database", Health.up());
            awaitCheck("0 ready");
        }
        Await.until("a stopped bridge leaves no file", () -> Files.notExists(file));
    }

    @Test
    void fileIsNotWrittenWhileAnEventLoopHangs() throws IOException, InterruptedException {
        AtomicInteger looks = new AtomicInteger();
        Executor counted = task -> {
            looks.incrementAndGet();
            loop.execute(task);
        };
        try (HealthFile health = HealthFile.at(file, Duration.ofMillis(20))) {
            health.start(List.of(counted), () -> parts);
            awaitCheck("0 ready");
            CountDownLatch hangs = new CountDownLatch(1);
            loop.execute(() -> {
                hangs.countDown();
                awaitRelease();
            });
            assertThat(hangs.await(10, TimeUnit.SECONDS)).isTrue();
            // A look that began before the loop hung may still write.
            int before = looks.get();
            Await.until("two more looks", () -> looks.get() >= before + 2);
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(31)));
            Await.until("two more looks", () -> looks.get() >= before + 4);
            assertThat(check())
                    .isEqualTo(
                            "1 not ready: " + file + " is older than 30 seconds, so an event loop of the bridge hangs");
            hanging.countDown();
            awaitCheck("0 ready");
        }
    }

    @Test
    void fileThatCannotBeWrittenIsLoggedOnce() {
        AtomicInteger looks = new AtomicInteger();
        Path missing = folder.resolve("missing").resolve("health");
        try (CapturedLog log = CapturedLog.of("io.github.printer2mqtt");
                HealthFile health = HealthFile.at(missing, Duration.ofMillis(20))) {
            health.start(List.of(loop), () -> {
                looks.incrementAndGet();
                return parts;
            });
            Await.until("three looks", () -> looks.get() >= 3);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("cannot write the health file " + missing, "health checks of this container fail");
        }
    }

    @Test
    void withoutTheVariableNothingIsWritten() {
        try (HealthFile health = HealthFile.of(Map.of())) {
            health.start(
                    List.of(task -> {
                        throw new AssertionError("a loop is asked");
                    }),
                    () -> parts);
            assertThat(folder).isEmptyDirectory();
        }
    }

    private void awaitCheck(String expected) {
        Await.until(expected, () -> check().equals(expected));
    }

    /** Exit code and output of the health check. */
    private String check() {
        try {
            ProcessBuilder script = new ProcessBuilder("sh", "docker/healthcheck").redirectErrorStream(true);
            script.environment().put(HealthFile.VARIABLE, file.toString());
            Process process = script.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() + " " + output.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void awaitRelease() {
        try {
            hanging.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
