package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.cluster.Ownership.Holder;
import io.github.printer2mqtt.nodes.NodeProcess;
import io.github.printer2mqtt.nodes.NodeSet;
import io.github.printer2mqtt.nodes.ObservedFarm;
import io.github.printer2mqtt.nodes.ObservedPrinter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes with thirty printers, of which one after the other is killed, stopped and cut off. Each test leaves all nodes running;
 * after each the whole history is checked.
 */
@Timeout(150)
class NodesIT {
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final int PRINTERS = 30;
    static final String FAST_START = "-XX:TieredStopAtLevel=1";
    private static final List<String> PROGRAM = NodeSet.program(Main.class.getName(), FAST_START);

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    static Path folder;

    @SuppressWarnings("NullAway.Init") // before all tests
    private static NodeSet nodes;

    private final ObservedFarm farm = nodes.farm();

    /** Which node works when a test begins. */
    private Holder before = new Holder("none", 0);

    @BeforeAll
    static void start() {
        nodes = NodeSet.open(folder, LEASE, Duration.ofSeconds(1), PRINTERS);
        for (String name : List.of("a", "b", "c")) {
            nodes.add(name, PROGRAM);
        }
        nodes.register();
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @BeforeEach
    void print() {
        farm.freshPrints();
        nodes.awaitStored();
        before = nodes.holder();
    }

    @AfterEach
    void nothingIsLostOrDoneTwice() {
        assertThat(nodes.newBreaches()).isEmpty();
        nodes.awaitHistory();
        assertThat(nodes.filesInHistory()).doesNotHaveDuplicates();
    }

    private NodeProcess working() {
        return nodes.node(before.node());
    }

    private void assertNothingMoves() {
        assertThat(nodes.holder()).isEqualTo(before);
    }

    @Test
    void killedNodeIsReplacedAndCommandsAreDoneOnceAtMost() {
        farm.send("pause", farm.printers(0, 6));
        farm.printers(6, 3).forEach(ObservedPrinter::finish);
        working().kill();
        farm.send("pause", farm.printers(9, 6));
        farm.printers(15, 3).forEach(ObservedPrinter::finish);

        nodes.awaitTakeOver(before);
        farm.awaitShown(farm.printers());
        farm.send("pause", farm.printers(18, 6));
        farm.printers(24, 3).forEach(ObservedPrinter::finish);
        farm.awaitPaused(farm.printers(18, 6));
        farm.awaitShown(farm.printers());

        restart(working());
    }

    private static void restart(NodeProcess node) {
        node.start();
        nodes.awaitStandby(node.name());
    }

    @Test
    void stoppedNodeIsReplacedAndStandsByWhenItGoesOn() {
        working().pause();
        farm.printers(0, 10).forEach(ObservedPrinter::finish);
        nodes.awaitTakeOver(before);

        working().resume();
        nodes.awaitStandby(before.node());
        farm.awaitShown(farm.printers());
        farm.printers(10, 10).forEach(ObservedPrinter::finish);
        farm.awaitShown(farm.printers());
    }

    @Test
    void nodeWithoutTheDatabaseIsReplaced() {
        nodes.toDatabase(before.node()).hang();
        farm.printers(0, 10).forEach(ObservedPrinter::finish);
        nodes.awaitTakeOver(before);
        nodes.awaitStandby(before.node());

        nodes.toDatabase(before.node()).restore();
        farm.awaitShown(farm.printers());
        farm.printers(10, 10).forEach(ObservedPrinter::finish);
        farm.awaitShown(farm.printers());
    }

    @Test
    void nodeWithoutTheBrokerGoesOn() {
        nodes.toBroker(before.node()).cut();
        farm.printers(0, 10).forEach(ObservedPrinter::finish);
        nodes.awaitPolledAfter(System.currentTimeMillis() + LEASE.toMillis());

        nodes.toBroker(before.node()).restore();
        farm.printers(10, 10).forEach(ObservedPrinter::finish);
        farm.awaitShown(farm.printers());
        assertNothingMoves();
    }

    @Test
    void withoutTheDatabaseNobodyPollsAndThenOneDoes() {
        long stopped = System.currentTimeMillis();
        nodes.postgres().stop();
        nodes.awaitSilence(LEASE.multipliedBy(2));
        farm.printers(0, 10).forEach(ObservedPrinter::finish);

        nodes.postgres().restart();
        nodes.recorder().outage(stopped);
        // Nobody was seen to be silent, so the one that worked goes on.
        assertThat(nodes.awaitTakeOver(before).node()).isEqualTo(before.node());
        farm.awaitShown(farm.printers());
        farm.printers(10, 10).forEach(ObservedPrinter::finish);
        farm.awaitShown(farm.printers());
    }

    @Test
    void rollingRestart() {
        Holder last = before;
        int turn = 0;
        List<NodeProcess> running =
                nodes.nodes().stream().filter(NodeProcess::isAlive).toList();
        for (NodeProcess node : running) {
            boolean works = node.name().equals(last.node());
            node.terminate();
            farm.printers(turn * 10, 5).forEach(ObservedPrinter::finish);
            if (works) {
                last = nodes.awaitTakeOver(last);
            }
            restart(node);
            turn++;
        }
        farm.awaitShown(farm.printers());
    }

    @Test
    void furtherNodeStandsBy() {
        NodeProcess further = nodes.add("d", PROGRAM);
        nodes.awaitStandby(further.name());
        nodes.awaitPolledAfter(System.currentTimeMillis());
        assertNothingMoves();
        further.terminate();
    }

    @Test
    void brokerThatForgetsGetsEverythingAgain() {
        nodes.restartBroker();
        farm.awaitShown(farm.printers());
        farm.printers(0, 10).forEach(ObservedPrinter::finish);
        farm.awaitShown(farm.printers());
        assertNothingMoves();
    }
}
