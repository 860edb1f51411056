package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.FarmRecipe;
import io.github.printer2mqtt.simulator.SimulatedFarm;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.BlackHole;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.CapturedLog;
import io.github.printer2mqtt.testing.HttpApi;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nine printers that answer and one that does its worst: it is told what it is, and costs the others nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // before all tests
@Timeout(60)
class FaultyPrinterTest {
    private static final int HEALTHY = 9;
    private static final String BAD = "bad";

    /** A bad printer is asked twice and then left alone while the test looks. */
    private static final Duration LEFT_ALONE = Duration.ofSeconds(20);

    /** Within this a socket is closed by its deadline, and not because the printer is asked again. */
    private static final Duration WITHOUT_ASKING = Duration.ofSeconds(5);

    private static final Duration OBSERVED = Duration.ofSeconds(3);

    private final Vertx vertx = Vertx.vertx();
    private SimulatedFarm farm;
    private RunningBridge bridge;
    private Figures without;

    /**
     * How the healthy printers were served for a while.
     *
     * @param oldest the age of the oldest observation, the mean of all looks, in milliseconds
     * @param latency the mean of their latencies, in milliseconds
     */
    private record Figures(double oldest, double latency) {}

    @BeforeAll
    void start(@TempDir Path folder) {
        farm = Await.done(SimulatedFarm.start(vertx, FarmRecipe.healthy(HEALTHY, 9)));
        JsonObject configuration = RunningBridge.configuration(folder);
        configuration
                .getJsonObject("polling")
                .getJsonObject("interval")
                .put("offline", LEFT_ALONE.toSeconds() + "s")
                .put("offline_max", LEFT_ALONE.toSeconds() + "s");
        bridge = RunningBridge.start(configuration);
        farm.registrations().forEach(bridge.api()::register);
        bridge.api().awaitCount("unknown", 0);
        bridge.api().awaitCount("offline", 0);
        without = observe();
    }

    @AfterAll
    void stop() {
        bridge.close();
        Await.done(farm.close());
        Await.done(vertx.close());
    }

    static Stream<Arguments> manners() {
        return Stream.of(
                Arguments.of("drips a byte every 300 ms", Behaviour.dripping(Duration.ofMillis(300)), "timeout"),
                Arguments.of("is silent", Behaviour.silent(), "timeout"),
                Arguments.of("sends 48 MiB", Behaviour.hugeBody(48), "too_large"),
                Arguments.of("sends everybody elsewhere", Behaviour.redirecting("http://127.0.0.1:9/"), "redirected"),
                Arguments.of("resets every connection", Behaviour.resetting(), null),
                Arguments.of("sends no HTTP", Behaviour.garbage(), "unreadable"));
    }

    @ParameterizedTest(name = "that {0}")
    @MethodSource("manners")
    void aPrinterCostsTheOthersNothing(String name, Behaviour behaviour, @Nullable String reason) {
        SimulatedPrinter voron = new SimulatedPrinter("Bad", System::nanoTime);
        PrinterServer server = Await.done(PrinterServer.start(vertx, new MoonrakerSimulator(voron)));
        try (CapturedLog log = CapturedLog.of("io.vertx")) {
            Await.done(server.behave(behaviour));
            JsonObject status = register(server.url());
            if (reason != null) {
                assertThat(HttpApi.reason(status)).isEqualTo(reason);
            }
            Await.until("no socket is left at the bad printer", WITHOUT_ASKING, () -> server.openConnections() == 0);
            costsNothing();
            Await.until("nor is one after it was asked once more", WITHOUT_ASKING, () -> server.openConnections() == 0);
            assertThat(log.lines()).as("lines about what is no fault of ours").isEmpty();
            assertThat(server.connections()).as("connections to it in all").isLessThanOrEqualTo(8);
        } finally {
            remove();
            Await.done(server.close());
        }
    }

    @Test
    void aBlackHoleCostsTheOthersNothing() throws IOException {
        try (BlackHole hole = BlackHole.open()) {
            JsonObject status = register(hole.url());
            assertThat(HttpApi.reason(status)).isEqualTo("timeout");
            costsNothing();
        } finally {
            remove();
        }
    }

    /** Registers it; its status when it is offline. */
    private JsonObject register(String url) {
        bridge.api()
                .register(new JsonObject()
                        .put("id", BAD)
                        .put("name", "Bad")
                        .put("driver", "moonraker")
                        .put("address", url));
        JsonObject status = bridge.api().awaitState(BAD, "offline");
        HttpApi.json(bridge.api().get("/api/printers/" + BAD + "/polls"), 200).getJsonArray("polls").stream()
                .map(JsonObject.class::cast)
                .forEach(poll -> assertThat(poll.getInteger("latency_ms"))
                        .as("it is given up at the deadline of a second: " + poll)
                        .isLessThan(4000));
        return status;
    }

    private void remove() {
        assertThat(bridge.api().delete("/api/printers/" + BAD).statusCode()).isEqualTo(204);
    }

    private void costsNothing() {
        long began = System.nanoTime();
        CompletableFuture<HttpResponse<String>> fresh = bridge.api().getLater("/api/printers?fresh=true");
        long plainBegan = System.nanoTime();
        assertThat(bridge.api().list().getJsonArray("printers")).hasSize(HEALTHY + 1);
        long plain = millisSince(plainBegan);
        JsonObject list = HttpApi.json(fresh.join(), 200);
        long answered = millisSince(began);
        assertThat(plain).as("a plain list waits for nobody").isLessThan(950);
        assertThat(answered).as("a fresh list waits one deadline").isLessThan(6_000);
        assertThat(list.getJsonObject("counts").getInteger("offline")).isEqualTo(1);

        Figures with = observe();
        assertThat(with.oldest()).as("oldest observation").isLessThan(2 * without.oldest() + 500);
        assertThat(with.latency()).as("mean latency").isLessThan(2 * without.latency() + 400);
    }

    private Figures observe() {
        long end = System.nanoTime() + OBSERVED.toNanos();
        List<Long> ages = new ArrayList<>();
        List<Integer> latencies = new ArrayList<>();
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(50_000_000);
            long oldest = 0;
            for (JsonObject printer : HttpApi.printers(bridge.api().list())) {
                if (printer.getString("id").equals(BAD)) {
                    continue;
                }
                JsonObject poll = printer.getJsonObject("poll");
                Duration age = Duration.between(Instant.parse(poll.getString("observed_at")), Instant.now());
                oldest = Math.max(oldest, age.toMillis());
                latencies.add(poll.getInteger("latency_ms"));
            }
            ages.add(oldest);
        }
        return new Figures(
                ages.stream().mapToLong(age -> age).average().orElseThrow(),
                latencies.stream().mapToInt(latency -> latency).average().orElseThrow());
    }

    private static long millisSince(long beganNanos) {
        return Duration.ofNanos(System.nanoTime() - beganNanos).toMillis();
    }
}
