package io.github.printer2mqtt.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.VertxInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which node has the lease, whatever happens to nodes, to the database and to the way between them. The clock is moved. */
class NodeLeaseTest {
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration VALIDITY = LEASE.minus(NodeLease.margin(LEASE));

    @RegisterExtension
    final VertxInstance instance = new VertxInstance();

    private final SlowLeaseStore store = new SlowLeaseStore();
    private long nanos;
    private long millis;
    private long claims;

    private NodeLease node(String name) {
        return node(name, VALIDITY);
    }

    private NodeLease node(String name, Duration validity) {
        return new NodeLease(
                instance.vertx(),
                store,
                Node.of(name, "1.0.0"),
                LEASE,
                validity,
                new Clocks(() -> nanos, () -> millis));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        millis += time.toMillis();
    }

    /** Lets time pass in which these nodes beat. */
    private void pass(Duration time, NodeLease... beating) {
        for (long second = 0; second < time.toSeconds(); second++) {
            pass(Duration.ofSeconds(1));
            for (NodeLease each : beating) {
                each.beat();
                each.check();
            }
        }
    }

    private static @Nullable Hold hold(NodeLease node) {
        return node.hold().succeeded() ? node.hold().result() : null;
    }

    private static Hold heldBy(NodeLease node) {
        return Objects.requireNonNull(hold(node), "it has the lease");
    }

    private static long epoch(Hold hold) {
        return Objects.requireNonNull(hold.holder(), "of a node").epoch();
    }

    @Test
    void firstNodeWorksAndTheSecondStandsBy() {
        NodeLease a = node("a");
        NodeLease b = node("b");
        pass(Duration.ofSeconds(30), a, b);

        assertThat(heldBy(a).isHeld()).isTrue();
        assertThat(heldBy(a).holder()).isEqualTo(new Ownership.Holder("a", 1));
        assertThat(hold(b)).isNull();
        assertThat(b.nodes())
                .extracting(NodeStatus::name, NodeStatus::isWorking)
                .containsExactly(tuple("a", true), tuple("b", false));
    }

    @Test
    void silentNodeIsReplacedAfterALeaseAndNotBefore() {
        NodeLease a = node("a");
        NodeLease b = node("b");
        pass(Duration.ofSeconds(5), a, b);
        Hold before = heldBy(a);

        pass(Duration.ofSeconds(9), b);
        assertThat(hold(b)).isNull();
        assertThat(before.isHeld()).isFalse();

        pass(Duration.ofSeconds(2), b);
        assertThat(heldBy(b).isHeld()).isTrue();
        assertThat(epoch(heldBy(b))).isEqualTo(2);
    }

    @Test
    void holderThatCannotAskStopsByItselfBeforeTheLeaseEnds() {
        NodeLease a = node("a");
        pass(Duration.ofSeconds(5), a);
        Hold hold = heldBy(a);

        store.goAway();
        pass(Duration.ofSeconds(7), a);
        assertThat(hold.isHeld()).isTrue();
        pass(Duration.ofSeconds(1), a);
        assertThat(hold.isHeld()).isFalse();
        assertThat(hold.ended().result()).contains("did not confirm the lease for 8 s");
    }

    @Test
    void holdEndsByEitherClockAlone() {
        for (Duration[] jump : new Duration[][] {{VALIDITY, Duration.ZERO}, {Duration.ZERO, VALIDITY}}) {
            SlowLeaseStore own = new SlowLeaseStore();
            NodeLease a = new NodeLease(
                    instance.vertx(),
                    own,
                    Node.of("a", "1.0.0"),
                    LEASE,
                    VALIDITY,
                    new Clocks(() -> nanos, () -> millis));
            a.beat();
            Hold hold = heldBy(a);
            assertThat(hold.isHeld()).isTrue();
            nanos += jump[0].toNanos();
            millis += jump[1].toMillis();
            assertThat(hold.isHeld()).isFalse();
            nanos -= jump[0].toNanos();
            millis -= jump[1].toMillis();
            assertThat(hold.isHeld()).as("lost for good").isFalse();
        }
    }

    @Test
    void nodeThatWasTakenForDeadFindsOutAndStandsBy() {
        NodeLease a = node("a");
        NodeLease b = node("b");
        pass(Duration.ofSeconds(5), a, b);
        Hold before = heldBy(a);
        pass(Duration.ofSeconds(12), b);

        a.beat();
        assertThat(before.isHeld()).isFalse();
        pass(Duration.ofSeconds(20), a, b);
        assertThat(hold(a)).isNull();
        assertThat(heldBy(b).isHeld()).isTrue();
        assertThat(a.nodes()).extracting(NodeStatus::name).containsExactly("b", "a");
    }

    @Test
    void leaseThatIsGivenBackIsTakenAtTheNextBeat() {
        NodeLease a = node("a");
        NodeLease b = node("b");
        pass(Duration.ofSeconds(5), a, b);

        Await.done(a.leave());
        b.beat();
        assertThat(heldBy(b).isHeld()).isTrue();
    }

    @Test
    void databaseThatWasAwayForAMinuteMovesNothing() {
        NodeLease a = node("a");
        NodeLease b = node("b");
        pass(Duration.ofSeconds(5), a, b);

        store.goAway();
        pass(Duration.ofSeconds(60), a, b);
        assertThat(hold(a)).isNull();
        store.comeBack();
        // The standby is the first to read the old beats, which prove nothing about the time before.
        b.beat();
        assertThat(hold(b)).isNull();
        a.beat();
        assertThat(heldBy(a).isHeld()).isTrue();
        assertThat(epoch(heldBy(a))).isEqualTo(2);
        pass(Duration.ofSeconds(30), a, b);
        assertThat(hold(b)).isNull();
    }

    @Test
    void standbyThatWasPausedDoesNotTakeItsPauseForSilenceOfOthers() {
        NodeLease a = node("a");
        NodeLease b = node("b");
        pass(Duration.ofSeconds(5), a, b);
        pass(Duration.ofSeconds(60), a);
        b.beat();
        assertThat(hold(b)).isNull();
        assertThat(heldBy(a).isHeld()).isTrue();
    }

    @Test
    void restartedProcessWaitsForTheLeaseOfItsPredecessor() {
        NodeLease killed = node("a");
        pass(Duration.ofSeconds(5), killed);

        NodeLease again = node("a");
        pass(Duration.ofSeconds(9), again);
        assertThat(hold(again)).isNull();
        pass(Duration.ofSeconds(3), again);
        assertThat(epoch(heldBy(again))).isEqualTo(2);
    }

    @Test
    void claimWhoseAnswerWasLostIsMadeAgainUnderTheNextEpoch() {
        NodeLease a = node("a");
        store.holdBack();
        a.beat();
        store.arrive(0); // not a member yet
        store.arrive(0); // joined
        store.arrive(0); // the view of a member
        store.takeEffect(0); // the claim
        store.lose(0);
        assertThat(hold(a)).isNull();
        assertThat(store.epoch()).isEqualTo(1);

        a.beat();
        store.arrive(0);
        store.arrive(0);
        assertThat(epoch(heldBy(a))).isEqualTo(2);
    }

    @Test
    void neverHaveTwoNodesTheLeaseWhateverIsSlowLostOrPaused() {
        for (long seed = 0; seed < 400; seed++) {
            assertThat(mostHolders(seed, VALIDITY)).as("seed %d", seed).isLessThanOrEqualTo(1);
        }
        assertThat(claims).as("the lease changed hands often").isGreaterThan(1000);
    }

    /** The control: with a hold that outlasts the lease, the same histories show two holders. */
    @Test
    void holdThatOutlastsTheLeaseGivesTwoHolders() {
        int broken = 0;
        for (long seed = 0; seed < 400; seed++) {
            broken += mostHolders(seed, LEASE.multipliedBy(3)) > 1 ? 1 : 0;
        }
        assertThat(broken).isPositive();
    }

    /** Lets three nodes run for ten minutes in which anything may happen, and returns how many held the lease at most at once. */
    private int mostHolders(long seed, Duration validity) {
        Random random = new Random(seed);
        SlowLeaseStore slow = new SlowLeaseStore();
        slow.holdBack();
        List<NodeLease> nodes = new ArrayList<>();
        List<Hold> holds = new ArrayList<>();
        long[] pausedUntil = new long[3];
        for (int i = 0; i < 3; i++) {
            nodes.add(new NodeLease(
                    instance.vertx(),
                    slow,
                    Node.of("n" + i, "1.0.0"),
                    LEASE,
                    validity,
                    new Clocks(() -> nanos, () -> millis)));
        }
        int most = 0;
        long end = nanos + TimeUnit.MINUTES.toNanos(10);
        while (nanos < end) {
            pass(Duration.ofMillis(random.nextInt(400)));
            for (int i = 0; i < nodes.size(); i++) {
                if (random.nextInt(400) == 0) {
                    pausedUntil[i] = nanos + TimeUnit.SECONDS.toNanos(random.nextInt(25));
                }
                if (nanos >= pausedUntil[i] && random.nextInt(4) == 0) {
                    nodes.get(i).beat();
                    nodes.get(i).check();
                }
            }
            for (int index = slow.pending() - 1; index >= 0; index--) {
                switch (random.nextInt(12)) {
                    case 0, 1 -> slow.takeEffect(index);
                    case 2, 3, 4, 5, 6 -> slow.arrive(index);
                    case 7 -> slow.lose(index);
                    default -> {}
                }
            }
            nodes.stream().map(NodeLeaseTest::hold).filter(Objects::nonNull).forEach(held -> {
                if (!holds.contains(held)) {
                    holds.add(held);
                }
            });
            most = Math.max(most, (int) holds.stream().filter(Hold::isHeld).count());
        }
        claims += slow.epoch();
        slow.deliverAll();
        pass(Duration.ofSeconds(60), nodes.toArray(NodeLease[]::new));
        assertThat(nodes.stream().map(NodeLeaseTest::hold).filter(Objects::nonNull))
                .as("holders when all is well again, seed %d", seed)
                .hasSize(1);
        return most;
    }
}
