package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.cli.Launcher;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.files.TemporaryFolder;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.CapturedLog;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The demo with the embedded broker, and what remains after it. */
@Timeout(90)
class DemoTest {
    private static final int PRINTERS = 12;

    @Test
    void twelvePrintersAreShownAndNothingRemainsAfterwards() {
        Set<Thread> threadsBefore = threads();
        int http = Ports.free();
        int broker = Ports.free();
        BridgeConfig config = RunningBridge.read(new JsonObject()
                .put("http", new JsonObject().put("port", http))
                .put("broker", new JsonObject().put("port", broker)));

        try (CapturedLog log = CapturedLog.of("io.github.printer2mqtt")) {
            Launcher.Running demo =
                    new BridgeLauncher(DemoTest::failOnDeadLoop).startDemo(config, Launcher.DemoMakes.USUAL);
            Path database = Path.of(demo.banner().config().database().path());
            assertThat(database).exists();
            assertThat(brokerFolders(broker)).hasSize(1);
            try (TestSubscriber user = TestSubscriber.listen(broker, "printer2mqtt/#")) {
                Await.until("every printer is decided", () -> isDecided(HttpApi.at(http)));
                Await.until("every printer is published", () -> published(user) == PRINTERS);
                assertThat(offline(HttpApi.at(http)))
                        .containsExactlyInAnyOrder("mini-window", "ratrig-attic", "ender-3-garage");
                assertThat(demo.banner().lines()).anyMatch(line -> line.matches(" +printers +12"));
            } finally {
                long stopNanos = System.nanoTime();
                demo.close();
                assertThat(Duration.ofNanos(System.nanoTime() - stopNanos))
                        .as("time to stop")
                        .isLessThan(Duration.ofSeconds(10));
            }
            demo.close();
            assertThat(log.lines()).as("a second stop logs nothing").isEmpty();
            assertThat(database.getParent()).doesNotExist();
        }
        Await.until(
                "no thread keeps the process alive",
                () -> nonDaemonThreads(threadsBefore).isEmpty());
        Await.until(
                "the folder of the broker is deleted",
                () -> brokerFolders(broker).isEmpty());
    }

    @Test
    void everyOtherMakeIsShownOnRequest() {
        int http = Ports.free();
        BridgeConfig config = RunningBridge.read(new JsonObject()
                .put("http", new JsonObject().put("port", http))
                .put("broker", new JsonObject().put("port", Ports.free())));

        Launcher.Running demo = new BridgeLauncher(DemoTest::failOnDeadLoop).startDemo(config, Launcher.DemoMakes.ALL);
        try {
            HttpApi api = HttpApi.at(http);
            Await.until(
                    "every printer is decided",
                    () -> api.list().getJsonObject("counts").getInteger("unknown") == 0
                            && offline(api).size() >= 3);
            assertThat(offline(api)).containsExactlyInAnyOrder("mini-window", "ratrig-attic", "ender-3-garage");
            assertThat(HttpApi.printers(api.list()))
                    .extracting(printer -> printer.getString("driver"))
                    .contains(
                            "duet",
                            "ultimaker",
                            "repetier",
                            "flashforge",
                            "flashforge-tcp",
                            "creality",
                            "elegoo",
                            "elegoo-cc2",
                            "bambu");
        } finally {
            demo.close();
        }
    }

    @Test
    void noListIsServedBeforeAllPrintersAreRegistered() throws Exception {
        int http = Ports.free();
        BridgeConfig config = RunningBridge.read(new JsonObject()
                .put("http", new JsonObject().put("port", http))
                .put("broker", new JsonObject().put("port", Ports.free())));
        Set<String> seen = ConcurrentHashMap.newKeySet();
        AtomicBoolean started = new AtomicBoolean();
        CompletableFuture<Void> requests = CompletableFuture.runAsync(() -> {
            while (!started.get()) {
                seen.add(listResponse(http));
            }
        });

        Launcher.Running demo =
                new BridgeLauncher(DemoTest::failOnDeadLoop).startDemo(config, Launcher.DemoMakes.USUAL);
        try {
            started.set(true);
            requests.get(30, TimeUnit.SECONDS);
            assertThat(listResponse(http)).isEqualTo("200 with 12");
            assertThat(seen).isSubsetOf("not listening", "503 starting", "200 with 12");
        } finally {
            started.set(true);
            demo.close();
        }
    }

    private static void failOnDeadLoop(String reason) {
        throw new AssertionError(reason);
    }

    /** A summary of the current response to a list request. */
    private static String listResponse(int port) {
        try {
            HttpResponse<String> list = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/printers"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            JsonObject document = new JsonObject(list.body());
            return list.statusCode() == 200
                    ? "200 with " + document.getJsonObject("counts").getInteger("total")
                    : list.statusCode() + " " + document.getString("code");
        } catch (IOException e) {
            return "not listening";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private static boolean isDecided(HttpApi api) {
        JsonObject counts = api.list().getJsonObject("counts");
        return counts.getInteger("total") == PRINTERS
                && counts.getInteger("unknown") == 0
                && counts.getInteger("offline") == 3;
    }

    private static Set<String> offline(HttpApi api) {
        JsonArray printers =
                HttpApi.json(api.get("/api/printers?state=offline"), 200).getJsonArray("printers");
        return printers.stream()
                .map(JsonObject.class::cast)
                .map(p -> p.getString("id"))
                .collect(Collectors.toSet());
    }

    private static long published(TestSubscriber user) {
        return user.newest().keySet().stream()
                .filter(topic -> topic.endsWith("/availability"))
                .count();
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    private static Set<String> nonDaemonThreads(Set<Thread> before) {
        return threads().stream()
                .filter(thread -> !before.contains(thread) && thread.isAlive() && !thread.isDaemon())
                .map(Thread::getName)
                .collect(Collectors.toSet());
    }

    /** The folders of the embedded broker on a port; other tests in this process may have their own. */
    private static List<Path> brokerFolders(int port) {
        try (Stream<Path> folders = Files.list(TemporaryFolder.ofProcess().path())) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith("broker-"))
                    .filter(folder -> isConfiguredFor(folder, port))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError("the temporary folder cannot be read", e);
        }
    }

    private static boolean isConfiguredFor(Path folder, int port) {
        try {
            return Files.readString(folder.resolve("conf").resolve("config.xml"))
                    .contains("<port>" + port + "</port>");
        } catch (IOException e) {
            return false; // another broker's folder that is being deleted
        }
    }
}
