package io.github.printer2mqtt.json;

import io.github.printer2mqtt.cluster.NodeStatus;
import io.github.printer2mqtt.cluster.Ownership;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The nodes that stand by for each other, as {@code GET /api/nodes} lists them. Pure. */
public final class NodeListDocument {
    private NodeListDocument() {}

    /** Empty for a bridge that is alone. */
    public static JsonObject of(Ownership ownership, Instant now) {
        Ownership.Holder holder = ownership.holder();
        JsonArray nodes = new JsonArray();
        ownership.nodes().forEach(node -> nodes.add(document(node, now)));
        return new JsonObject()
                .put("epoch", holder == null ? null : holder.epoch())
                .put("nodes", nodes);
    }

    private static JsonObject document(NodeStatus node, Instant now) {
        return new JsonObject()
                .put("name", node.name())
                .put("role", node.isWorking() ? "working" : "standby")
                .put("version", node.version())
                .put("started_at", text(node.startedAt()))
                .put("last_beat_at", text(now.minus(node.silence())));
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
