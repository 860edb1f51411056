package io.github.printer2mqtt.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.NodeRed;
import io.github.printer2mqtt.testing.TestSubscriber.Heard;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs an example flow in a real Node-RED with a bridge, simulated printers and Mosquitto. */
@Timeout(150)
abstract class NodeRedFixture {
    private static final long POLL_NANOS = 20_000_000;

    @TempDir
    Path folder;

    ExampleFleet fleet;
    NodeRed nodeRed;

    @BeforeEach
    void open() {
        nodeRed = NodeRed.start(folder);
        fleet = ExampleFleet.open(folder);
    }

    @AfterEach
    void close() {
        // Both are null where a program is missing and the test was skipped.
        if (nodeRed != null) {
            nodeRed.close();
        }
        if (fleet != null) {
            fleet.close();
        }
    }

    final void deploy(String flow) {
        deploy(NodeRedFlow.named(flow));
    }

    final void deploy(NodeRedFlow flow) {
        nodeRed.deploy(flow.withBroker(fleet.broker().port()));
    }

    static void await(String what, BooleanSupplier condition) {
        Await.until(what, () -> {
            LockSupport.parkNanos(POLL_NANOS);
            return condition.getAsBoolean();
        });
    }

    /** Errors of a flow's functions are logged. */
    final void assertNoErrorsInFlows() {
        assertThat(nodeRed.log().lines().filter(line -> line.contains("[error]")))
                .isEmpty();
    }

    static String stateTopic(String printer) {
        return "printer2mqtt/printers/" + printer + "/state";
    }

    static boolean hasState(Heard heard, String state) {
        return state.equals(heard.json().getString("state"));
    }
}
