package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.FarmRecipe;
import io.github.printer2mqtt.simulator.SimulatedFarm;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.BlackHole;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.CapturedLog;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.SimulatedPrinters;
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

/** Nine healthy printers and a faulty one, which gets the right reason and does not delay the others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // before all tests
@Timeout(60)
class FaultyPrinterTest {
    private static final int HEALTHY_COUNT = 9;
    private static final String FAULTY_ID = "bad";

    /** Long enough that the faulty printer is polled only at its registration while a test runs. */
    private static final Duration OFFLINE_INTERVAL = Duration.ofSeconds(20);

    /** Shorter than the interval, so that the deadline closes the socket and not the next poll. */
    private static final Duration SOCKET_CLOSE_LIMIT = Duration.ofSeconds(5);

    private static final Duration OBSERVATION_TIME = Duration.ofSeconds(3);

    private final SimulatedPrinters printers = new SimulatedPrinters();
    private SimulatedFarm farm;
    private RunningBridge bridge;
    private HealthyStats baseline;

    /**
     * How fresh the healthy printers were for a while.
     *
     * @param oldest mean age of the oldest observation, in milliseconds
     * @param latency mean latency, in milliseconds
     */
    private record HealthyStats(double oldest, double latency) {}

    @BeforeAll
    void start(@TempDir Path folder) {
        farm = printers.start(FarmRecipe.healthy(HEALTHY_COUNT, 9));
        JsonObject configuration = RunningBridge.configuration(folder);
        configuration
                .getJsonObject("polling")
                .getJsonObject("interval")
                .put("offline", OFFLINE_INTERVAL.toSeconds() + "s")
                .put("offline_max", OFFLINE_INTERVAL.toSeconds() + "s");
        bridge = RunningBridge.start(configuration);
        farm.registrations().forEach(bridge.api()::register);
        bridge.api().awaitCount("unknown", 0);
        bridge.api().awaitCount("offline", 0);
        baseline = observe();
    }

    @AfterAll
    void stop() {
        bridge.close();
        printers.close();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("drips a byte every 300 ms", Behaviour.dripping(Duration.ofMillis(300)), "timeout"),
                Arguments.of("is silent", Behaviour.silent(), "timeout"),
                Arguments.of("sends 48 MiB", Behaviour.hugeBody(48), "too_large"),
                Arguments.of("redirects", Behaviour.redirecting("http://127.0.0.1:9/"), "redirected"),
                Arguments.of("resets every connection", Behaviour.resetting(), null),
                Arguments.of("sends no HTTP", Behaviour.garbage(), "unreadable"));
    }

    @ParameterizedTest(name = "printer that {0}")
    @MethodSource("faults")
    void faultDoesNotDelayOtherPrinters(String name, Behaviour behaviour, @Nullable String reason) {
        PrinterServer server = printers.start(new MoonrakerSimulator(SimulatedPrinters.machine("Bad")));
        try (CapturedLog log = CapturedLog.of("io.vertx")) {
            Await.done(server.behave(behaviour));
            JsonObject status = register(server.url());
            if (reason != null) {
                assertThat(HttpApi.reason(status)).isEqualTo(reason);
            }
            Await.until(
                    "no socket to the faulty printer is open", SOCKET_CLOSE_LIMIT, () -> server.openConnections() == 0);
            assertOthersNotDelayed();
            Await.until(
                    "no socket is open after one more poll", SOCKET_CLOSE_LIMIT, () -> server.openConnections() == 0);
            assertThat(log.lines()).as("log lines of Vert.x").isEmpty();
            assertThat(server.connections()).as("connections to it in all").isLessThanOrEqualTo(8);
        } finally {
            remove();
            Await.done(server.close());
        }
    }

    @Test
    void unreachableAddressDoesNotDelayOtherPrinters() throws IOException {
        try (BlackHole hole = BlackHole.open()) {
            JsonObject status = register(hole.url());
            assertThat(HttpApi.reason(status)).isEqualTo("timeout");
            assertOthersNotDelayed();
        } finally {
            remove();
        }
    }

    /** Registers the faulty printer and returns its status when it is offline. */
    private JsonObject register(String url) {
        bridge.api()
                .register(new JsonObject()
                        .put("id", FAULTY_ID)
                        .put("name", "Bad")
                        .put("driver", "moonraker")
                        .put("address", url));
        JsonObject status = bridge.api().awaitState(FAULTY_ID, "offline");
        HttpApi.json(bridge.api().get("/api/printers/" + FAULTY_ID + "/polls"), 200).getJsonArray("polls").stream()
                .map(JsonObject.class::cast)
                .forEach(poll -> assertThat(poll.getInteger("latency_ms"))
                        .as("the poll ends at its deadline of a second: " + poll)
                        .isLessThan(4000));
        return status;
    }

    private void remove() {
        assertThat(bridge.api().delete("/api/printers/" + FAULTY_ID).statusCode())
                .isEqualTo(204);
    }

    private void assertOthersNotDelayed() {
        long startNanos = System.nanoTime();
        CompletableFuture<HttpResponse<String>> fresh = bridge.api().getLater("/api/printers?fresh=true");
        long plainStartNanos = System.nanoTime();
        assertThat(bridge.api().list().getJsonArray("printers")).hasSize(HEALTHY_COUNT + 1);
        long plainMillis = millisSince(plainStartNanos);
        JsonObject list = HttpApi.json(fresh.join(), 200);
        long freshMillis = millisSince(startNanos);
        assertThat(plainMillis).as("a plain list does not wait for a printer").isLessThan(950);
        assertThat(freshMillis).as("a fresh list waits one deadline").isLessThan(6_000);
        assertThat(list.getJsonObject("counts").getInteger("offline")).isEqualTo(1);

        HealthyStats current = observe();
        assertThat(current.oldest()).as("oldest observation").isLessThan(2 * baseline.oldest() + 500);
        assertThat(current.latency()).as("mean latency").isLessThan(2 * baseline.latency() + 400);
    }

    private HealthyStats observe() {
        long end = System.nanoTime() + OBSERVATION_TIME.toNanos();
        List<Long> ages = new ArrayList<>();
        List<Integer> latencies = new ArrayList<>();
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(50_000_000);
            long oldest = 0;
            for (JsonObject printer : HttpApi.printers(bridge.api().list())) {
                if (printer.getString("id").equals(FAULTY_ID)) {
                    continue;
                }
                JsonObject poll = printer.getJsonObject("poll");
                Duration age = Duration.between(Instant.parse(poll.getString("observed_at")), Instant.now());
                oldest = Math.max(oldest, age.toMillis());
                latencies.add(poll.getInteger("latency_ms"));
            }
            ages.add(oldest);
        }
        return new HealthyStats(
                ages.stream().mapToLong(age -> age).average().orElseThrow(),
                latencies.stream().mapToInt(latency -> latency).average().orElseThrow());
    }

    private static long millisSince(long sinceNanos) {
        return Duration.ofNanos(System.nanoTime() - sinceNanos).toMillis();
    }
}
