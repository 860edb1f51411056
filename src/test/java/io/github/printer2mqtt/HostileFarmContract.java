package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.hostile.HostileFarm;
import io.github.printer2mqtt.hostile.HostileFarm.Member;
import io.github.printer2mqtt.hostile.StatusInvariants;
import io.github.printer2mqtt.simulator.FarmRecipe;
import io.github.printer2mqtt.simulator.SimulatedFarm;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.CapturedLog;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Healthy printers together with one hostile printer of every kind: each hostile one gets the right state within its
 * deadline and harms neither the others nor the bridge. The farm is observed once, and the tests check the evidence.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // before all tests
abstract class HostileFarmContract {
    private static final int HEALTHY = 6;
    private static final Duration OBSERVATION_TIME = Duration.ofSeconds(4);
    private static final Duration STATE_LIMIT = Duration.ofSeconds(30);

    /** The deadline is a second; the rest allows for a machine that is busy with a hundred hostile printers. */
    private static final int MAX_POLL_MILLIS = 4000;

    /**
     * How the healthy printers were polled for a while.
     *
     * @param fewest number of requests to the least polled one
     * @param oldest greatest age of an observation, in milliseconds
     */
    private record HealthyStats(long fewest, long oldest) {}

    private final SimulatedPrinters printers = new SimulatedPrinters();
    private final Vertx hostileVertx = Vertx.vertx();
    private final Map<String, HostileEvidence> evidence = new HashMap<>();
    private final Set<String> breaches = new TreeSet<>();
    private final Set<String> everOffline = new HashSet<>();
    private ResourceLeakDetector.Level levelBefore;
    private CapturedLog bridgeLog;
    private CapturedLog networkLog;
    private SimulatedFarm healthy;
    private HostileFarm hostiles;
    private HealthyStats baseline;
    private HealthyStats current;
    private List<String> healthyEvents;
    private int healthySocketsLeft;

    /** @param folder for files */
    abstract HostileFarm open(Vertx vertx, Path folder);

    @BeforeAll
    void observeFarm(@TempDir Path folder) {
        levelBefore = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        bridgeLog = CapturedLog.of("io.github.printer2mqtt");
        networkLog = CapturedLog.of("io");
        healthy = printers.start(FarmRecipe.healthy(HEALTHY, 9));
        hostiles = open(hostileVertx, folder);
        hostiles.members().forEach(hostile -> evidence.put(hostile.id(), new HostileEvidence(hostile)));
        try (RunningBridge bridge = RunningBridge.start(RunningBridge.configuration(folder));
                TestSubscriber user = bridge.listen()) {
            bridge.awaitOnline(user);
            healthy.registrations().forEach(bridge.api()::register);
            bridge.api().awaitCount("unknown", 0);
            baseline = observe(bridge.api(), OBSERVATION_TIME);
            hostiles.members().forEach(hostile -> bridge.api().register(hostile.registration()));
            long end = System.nanoTime() + STATE_LIMIT.toNanos();
            current = observe(bridge.api(), OBSERVATION_TIME);
            while (!evidence.values().stream().allMatch(seen -> seen.wasAsExpected) && System.nanoTime() - end < 0) {
                observe(bridge.api(), Duration.ofMillis(200));
            }
            healthyEvents = healthy.members().stream()
                    .flatMap(member -> user.of(bridge.topic("printers/" + member.id() + "/event")).stream())
                    .map(heard -> heard.json().getString("event_type") + " " + heard.text())
                    .toList();
            evidence.values().forEach(hostile -> hostile.recordRequestsAndPolls(bridge, user));
            removeAll(bridge.api());
        }
        waitFor(() -> healthy.openConnections() == 0);
        healthySocketsLeft = healthy.openConnections();
    }

    @AfterAll
    void stop() {
        hostiles.close();
        printers.close();
        Await.done(hostileVertx.close());
        bridgeLog.close();
        networkLog.close();
        ResourceLeakDetector.setLevel(levelBefore);
    }

    final List<Member> hostiles() {
        return hostiles.members();
    }

    @ParameterizedTest(name = "printer that {0}")
    @MethodSource("hostiles")
    void hostilePrinterIsHandledWithinItsLimits(Member hostile) {
        HostileEvidence observed = evidenceOf(hostile);
        assertThat(observed.wasAsExpected)
                .as("expected %s, last status %s", hostile, observed.newest.encode())
                .isTrue();
        assertThat(observed.polls)
                .as("its polls")
                .isNotEmpty()
                .allSatisfy(poll -> assertThat(poll.getInteger("latency_ms"))
                        .as("the poll ends at its deadline of a second: %s", poll)
                        .isLessThan(MAX_POLL_MILLIS));
        assertThat(observed.mostSockets)
                .as("simultaneous connections, one of which may be closing")
                .isLessThanOrEqualTo(2);
        assertThat(observed.socketsLeft).as("connections after its removal").isZero();
        assertThat(observed.events)
                .as("events of prints that did not end")
                .doesNotContain("print_finished", "print_cancelled");
    }

    @Test
    void healthyPrintersStayFresh() {
        assertThat(current.fewest())
                .as("requests to the least polled: %s", current)
                .isGreaterThanOrEqualTo(baseline.fewest() / 2);
        assertThat(current.oldest()).as("oldest observation").isLessThan(2 * baseline.oldest() + 2000);
        assertThat(everOffline).as("healthy printers reported offline").isEmpty();
        assertThat(healthyEvents)
                .noneMatch(event -> event.startsWith("print_finished") || event.startsWith("printer_offline"));
        assertThat(healthySocketsLeft)
                .as("connections to them when the bridge is closed")
                .isZero();
    }

    @Test
    void everyStatusIsWithinItsRanges() {
        assertThat(breaches).isEmpty();
    }

    @Test
    void bridgeLogsNoError() {
        assertThat(bridgeLog.lines()).isEmpty();
    }

    /** A leak is logged when the buffer is garbage collected and the next one is allocated. */
    @Test
    void noBufferLeaks() {
        for (int i = 0; i < 5; i++) {
            System.gc();
            LockSupport.parkNanos(20_000_000);
            ByteBufAllocator.DEFAULT.buffer(64).release();
        }
        assertThat(networkLog.lines()).noneMatch(line -> line.contains("LEAK"));
    }

    private HealthyStats observe(HttpApi api, Duration length) {
        Map<String, Long> before = healthyRequests();
        long end = System.nanoTime() + length.toNanos();
        long oldest = 0;
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(50_000_000);
            for (JsonObject status : HttpApi.printers(api.list())) {
                oldest = Math.max(oldest, recordStatus(status));
            }
            evidence.values().forEach(HostileEvidence::recordSockets);
        }
        long fewest = healthyRequests().entrySet().stream()
                .mapToLong(now -> now.getValue() - before.getOrDefault(now.getKey(), 0L))
                .min()
                .orElseThrow();
        return new HealthyStats(fewest, oldest);
    }

    private Map<String, Long> healthyRequests() {
        Map<String, Long> requests = new HashMap<>();
        for (SimulatedFarm.Member member : healthy.members()) {
            if (member.server() != null) {
                requests.put(member.id(), member.server().requests());
            }
        }
        return requests;
    }

    /** The age of a healthy printer's observation, in milliseconds; 0 for a hostile one. */
    private long recordStatus(JsonObject status) {
        String id = status.getString("id");
        StatusInvariants.violations(status).forEach(breach -> breaches.add(id + breach));
        HostileEvidence hostile = evidence.get(id);
        if (hostile == null) {
            if (status.getString("state").equals("offline")) {
                everOffline.add(id + ": " + status.encode());
            }
            String observed = status.getJsonObject("poll").getString("observed_at");
            return Duration.between(Instant.parse(observed), Instant.now()).toMillis();
        }
        hostile.recordStatus(status);
        return 0;
    }

    /** Removes the hostile printers and records their remaining connections. */
    private void removeAll(HttpApi api) {
        hostiles.members().forEach(hostile -> api.delete("/api/printers/" + hostile.id()));
        waitFor(() ->
                hostiles.members().stream().allMatch(hostile -> hostile.place().openSockets() == 0));
        evidence.values().forEach(HostileEvidence::recordSocketsLeft);
    }

    final HostileEvidence evidenceOf(Member hostile) {
        return Objects.requireNonNull(evidence.get(hostile.id()));
    }

    /** Waits up to ten seconds; the caller checks the result. */
    private static void waitFor(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(10_000_000);
        }
    }
}
