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
 * Given a few healthy printers and one of every kind of bad behaviour, when a bridge has watched them together for a
 * while, then each rogue was told what it is, at its deadline, and has cost neither the others nor the bridge anything.
 *
 * <p>All that was seen is gathered before the tests, which judge it: so the whole farm costs the time of its slowest.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // before all tests
class HostileFarmTest {
    private static final int HEALTHY = 6;
    private static final Duration OBSERVED = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The deadline is a second; the rest is for a machine that is busy with a hundred rogues and their bridge. */
    private static final int LONGEST_POLL_MILLIS = 4000;

    /** What was seen of one rogue. */
    private static final class Evidence {
        boolean wasAsExpected;
        JsonObject newest = new JsonObject();
        int mostSockets;
        int socketsLeft;
        int requests;
        List<JsonObject> polls = List.of();
        List<String> events = List.of();
    }

    /**
     * How the healthy printers were served for a while.
     *
     * @param fewest requests that one of them got
     * @param oldest the greatest age of an observation, in milliseconds
     */
    private record Figures(long fewest, long oldest) {}

    private final Vertx vertx = Vertx.vertx();
    private final Vertx roguesVertx = Vertx.vertx();
    private final Map<String, Evidence> evidence = new HashMap<>();
    private final Set<String> breaches = new TreeSet<>();
    private final Set<String> everOffline = new HashSet<>();
    private ResourceLeakDetector.Level levelBefore;
    private CapturedLog ofTheBridge;
    private CapturedLog ofTheNetwork;
    private SimulatedFarm healthy;
    private HostileFarm hostiles;
    private Figures without;
    private Figures with;
    private List<String> healthyEvents;
    private int healthySocketsLeft;

    @BeforeAll
    void watchThemAll(@TempDir Path folder) {
        levelBefore = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ofTheBridge = CapturedLog.of("io.github.printer2mqtt");
        ofTheNetwork = CapturedLog.of("io");
        healthy = Await.done(SimulatedFarm.start(vertx, FarmRecipe.healthy(HEALTHY, 9)));
        hostiles = HostileFarm.open(roguesVertx, folder);
        hostiles.members().forEach(hostile -> evidence.put(hostile.id(), new Evidence()));
        try (RunningBridge bridge = RunningBridge.start(RunningBridge.configuration(folder));
                TestSubscriber user = bridge.listen()) {
            bridge.awaitOnline(user);
            healthy.registrations().forEach(bridge.api()::register);
            bridge.api().awaitCount("unknown", 0);
            without = watch(bridge.api(), OBSERVED);
            hostiles.members().forEach(hostile -> bridge.api().register(hostile.registration()));
            long end = System.nanoTime() + PATIENCE.toNanos();
            with = watch(bridge.api(), OBSERVED);
            while (!allAsExpected() && System.nanoTime() - end < 0) {
                watch(bridge.api(), Duration.ofMillis(200));
            }
            healthyEvents = healthy.members().stream()
                    .flatMap(member -> user.of(bridge.topic("printers/" + member.id() + "/event")).stream())
                    .map(heard -> heard.json().getString("event_type") + " " + heard.text())
                    .toList();
            hostiles.members().forEach(hostile -> hear(hostile, bridge, user));
            removeAll(bridge.api());
        }
        waitFor(() -> healthy.openConnections() == 0);
        healthySocketsLeft = healthy.openConnections();
    }

    @AfterAll
    void stop() {
        hostiles.close();
        Await.done(healthy.close());
        Await.done(vertx.close());
        Await.done(roguesVertx.close());
        ofTheBridge.close();
        ofTheNetwork.close();
        ResourceLeakDetector.setLevel(levelBefore);
    }

    List<Member> hostiles() {
        return hostiles.members();
    }

    @ParameterizedTest(name = "that {0}")
    @MethodSource("hostiles")
    void aPrinter(Member hostile) {
        Evidence seen = seen(hostile);
        assertThat(seen.wasAsExpected)
                .as("it became %s; at last it was %s", hostile, seen.newest.encode())
                .isTrue();
        assertThat(seen.polls)
                .as("its polls")
                .isNotEmpty()
                .allSatisfy(poll -> assertThat(poll.getInteger("latency_ms"))
                        .as("it is given up at the deadline of a second: %s", poll)
                        .isLessThan(LONGEST_POLL_MILLIS));
        assertThat(seen.mostSockets)
                .as("connections at a time, one of which it may not have seen closed yet")
                .isLessThanOrEqualTo(2);
        assertThat(seen.socketsLeft).as("connections left when it was removed").isZero();
        assertThat(seen.events).as("prints that it has not ended").doesNotContain("print_finished", "print_cancelled");
    }

    @Test
    void theHealthyAreAsFreshAsWithoutThem() {
        assertThat(with.fewest())
                .as("requests to the least asked: %s", with)
                .isGreaterThanOrEqualTo(without.fewest() / 2);
        assertThat(with.oldest()).as("oldest observation").isLessThan(2 * without.oldest() + 2000);
        assertThat(everOffline).as("healthy printers that were called offline").isEmpty();
        assertThat(healthyEvents)
                .noneMatch(event -> event.startsWith("print_finished") || event.startsWith("printer_offline"));
        assertThat(healthySocketsLeft)
                .as("connections to them when the bridge is closed")
                .isZero();
    }

    @Test
    void whoeverWantsItsPeaceIsAskedOnce() {
        List<Member> wantPeace = hostiles.members().stream()
                .filter(hostile -> hostile.hostile().name().matches("answers .* and wants (an hour|thirty years)"))
                .toList();

        assertThat(wantPeace).hasSize(2).allSatisfy(hostile -> {
            assertThat(seen(hostile).polls).hasSizeGreaterThan(1);
            assertThat(hostile.place().requests()).isEqualTo(1);
        });
    }

    @Test
    void aDoorIsKnockedAtTwiceAPollAtMost() {
        List<Member> doors = hostiles.members().stream()
                .filter(hostile -> hostile.hostile().driver().equals("prusalink")
                        && hostile.hostile().reason() != null)
                .toList();

        assertThat(doors)
                .hasSize(4)
                .allSatisfy(hostile -> assertThat(seen(hostile).requests)
                        .isBetween(1, 2 * seen(hostile).polls.size() + 2));
    }

    @Test
    void everyStatusKeptItsRanges() {
        assertThat(breaches).isEmpty();
    }

    @Test
    void nothingOfItIsAFaultOfTheBridge() {
        assertThat(ofTheBridge.lines()).isEmpty();
    }

    /** Leaks are told when a lost buffer is collected and the next is allocated. */
    @Test
    void noBufferWasLost() {
        for (int i = 0; i < 5; i++) {
            System.gc();
            LockSupport.parkNanos(20_000_000);
            ByteBufAllocator.DEFAULT.buffer(64).release();
        }
        assertThat(ofTheNetwork.lines()).noneMatch(line -> line.contains("LEAK"));
    }

    private Figures watch(HttpApi api, Duration length) {
        Map<String, Long> before = healthyRequests();
        long end = System.nanoTime() + length.toNanos();
        long oldest = 0;
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(50_000_000);
            for (JsonObject status : HttpApi.printers(api.list())) {
                oldest = Math.max(oldest, look(status));
            }
            hostiles.members().forEach(this::countSockets);
        }
        long fewest = healthyRequests().entrySet().stream()
                .mapToLong(now -> now.getValue() - before.getOrDefault(now.getKey(), 0L))
                .min()
                .orElseThrow();
        return new Figures(fewest, oldest);
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

    /** The age of a healthy printer's observation, in milliseconds; 0 for a rogue. */
    private long look(JsonObject status) {
        String id = status.getString("id");
        StatusInvariants.breaches(status).forEach(breach -> breaches.add(id + breach));
        Evidence hostile = evidence.get(id);
        if (hostile == null) {
            if (status.getString("state").equals("offline")) {
                everOffline.add(id + ": " + status.encode());
            }
            String observed = status.getJsonObject("poll").getString("observed_at");
            return Duration.between(Instant.parse(observed), Instant.now()).toMillis();
        }
        hostile.newest = status;
        for (Member member : hostiles.members()) {
            if (member.id().equals(id)) {
                boolean asExpected = member.hostile().state().equals(status.getString("state"))
                        && (member.hostile().reason() == null
                                || member.hostile().reason().equals(HttpApi.reason(status)));
                hostile.wasAsExpected |= asExpected;
            }
        }
        return 0;
    }

    private void countSockets(Member hostile) {
        Evidence seen = seen(hostile);
        seen.mostSockets = Math.max(seen.mostSockets, hostile.place().openSockets());
    }

    private boolean allAsExpected() {
        return evidence.values().stream().allMatch(seen -> seen.wasAsExpected);
    }

    private void hear(Member hostile, RunningBridge bridge, TestSubscriber user) {
        Evidence seen = seen(hostile);
        seen.events = bridge.events(user, hostile.id());
        seen.requests = hostile.place().requests(); // before its polls: one may come in between
        seen.polls =
                HttpApi.json(bridge.api().get("/api/printers/" + hostile.id() + "/polls"), 200)
                        .getJsonArray("polls")
                        .stream()
                        .map(JsonObject.class::cast)
                        .toList();
    }

    /** Removes the rogues, and sees which of them still has a connection a while later. */
    private void removeAll(HttpApi api) {
        hostiles.members().forEach(hostile -> api.delete("/api/printers/" + hostile.id()));
        waitFor(() ->
                hostiles.members().stream().allMatch(hostile -> hostile.place().openSockets() == 0));
        hostiles.members()
                .forEach(hostile -> seen(hostile).socketsLeft = hostile.place().openSockets());
    }

    private Evidence seen(Member hostile) {
        return Objects.requireNonNull(evidence.get(hostile.id()));
    }

    /** Waits up to ten seconds; who waited looks itself how it went. */
    private static void waitFor(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(10_000_000);
        }
    }
}
