package io.github.printer2mqtt.supervision;

import io.github.printer2mqtt.cluster.NodeStatus;
import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.List;

/** Metrics and health of the nodes that stand by for each other, as the one that works sees them. */
public final class NodeSupervision {
    private NodeSupervision() {}

    /** Registers nothing for a bridge that is alone. */
    public static void register(MetricsRegistry metrics, Ownership ownership) {
        Ownership.Holder holder = ownership.holder();
        if (holder == null) {
            return;
        }
        GaugeWithCallback.builder()
                .name("printer2mqtt_node_epoch")
                .help("Grows with each change of the node that works.")
                .labelNames("node")
                .callback(callback -> callback.call((double) holder.epoch(), holder.node()))
                .register(metrics.prometheus());
        GaugeWithCallback.builder()
                .name("printer2mqtt_nodes_standby")
                .help("Nodes that stand by.")
                .callback(callback -> callback.call(standby(ownership).size()))
                .register(metrics.prometheus());
        metrics.addHealthCheck("nodes", () -> health(ownership));
    }

    private static Health health(Ownership ownership) {
        return standby(ownership).isEmpty() ? Health.degraded("no other node stands by") : Health.up();
    }

    private static List<NodeStatus> standby(Ownership ownership) {
        return ownership.nodes().stream().filter(node -> !node.isWorking()).toList();
    }
}
