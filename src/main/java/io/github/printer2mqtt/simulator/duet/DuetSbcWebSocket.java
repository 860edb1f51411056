package io.github.printer2mqtt.simulator.duet;

import io.github.printer2mqtt.simulator.server.WebSocketSimulator;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One client of DuetSoftwareFramework's web socket: the whole model, then one change for each acknowledgement. How the last
 * print ended is in the change after the one that shows the end. Not thread-safe.
 */
final class DuetSbcWebSocket implements WebSocketSimulator {
    private static final List<String> FLAGS = List.of("lastFileAborted", "lastFileCancelled", "lastFileSimulated");

    private final Supplier<JsonObject> models;
    private JsonObject sent = new JsonObject();
    private boolean isAcknowledged;

    /** @param models gives the whole model */
    DuetSbcWebSocket(Supplier<JsonObject> models) {
        this.models = models;
    }

    @Override
    public List<String> onOpen() {
        sent = models.get();
        return List.of(sent.encode());
    }

    @Override
    public List<String> onMessage(String text) {
        List<String> replies = new ArrayList<>();
        text.lines().forEach(line -> {
            if (line.equals("OK")) {
                isAcknowledged = true;
            } else if (line.equals("PING")) {
                replies.add("PONG\n");
            }
        });
        return replies;
    }

    @Override
    public List<String> onTick() {
        if (!isAcknowledged) {
            return List.of();
        }
        JsonObject next = next();
        JsonObject change = ModelChange.between(sent, next);
        sent = next;
        if (change.isEmpty()) {
            return List.of();
        }
        isAcknowledged = false;
        return List.of(change.encode());
    }

    /** A message is sent once, and cleared by the next change. */
    private JsonObject next() {
        JsonObject next = models.get();
        if (isIdle(next) && !isIdle(sent)) {
            FLAGS.forEach(flag -> next.getJsonObject("job")
                    .put(flag, sent.getJsonObject("job").getValue(flag)));
        }
        if (!sent.getJsonArray("messages").isEmpty()) {
            next.put("messages", new JsonArray());
        }
        return next;
    }

    private static boolean isIdle(JsonObject model) {
        return "idle".equals(model.getJsonObject("state").getString("status"));
    }
}
