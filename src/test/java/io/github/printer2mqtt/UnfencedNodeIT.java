package io.github.printer2mqtt;

import io.github.printer2mqtt.cluster.Ownership.Holder;
import io.github.printer2mqtt.nodes.Breach.Rule;
import io.github.printer2mqtt.nodes.NodeSet;
import io.github.printer2mqtt.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The counterpart of {@link NodesIT}: what keeps nodes apart is needed, and its absence is noticed. */
@Timeout(150)
class UnfencedNodeIT {
    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @Test
    void nodeThatGoesOnWithoutItsLeaseIsFound() {
        try (NodeSet nodes = NodeSet.open(folder, Duration.ofSeconds(5), Duration.ofSeconds(1), 5)) {
            nodes.add("a", NodeSet.program(UnfencedNode.class.getName(), NodesIT.FAST_START));
            nodes.register();
            Holder before = nodes.holder();
            nodes.add("b", NodeSet.program(Main.class.getName(), NodesIT.FAST_START));
            nodes.awaitStandby("b");

            nodes.toDatabase(before.node()).hang();

            Await.until(
                    "an old request is found",
                    Duration.ofSeconds(60),
                    () -> nodes.breaches().stream().anyMatch(breach -> breach.rule() == Rule.OLD_REQUEST));
        }
    }
}
