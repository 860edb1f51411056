package io.github.printer2mqtt.simulator.protocol;

import io.github.printer2mqtt.simulator.server.WebSocketSimulator;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client of Moonraker's web socket, as recorded: a subscription returns the whole status, then only fields that changed
 * are sent; it ends when Klippy disconnects. Not thread-safe.
 */
final class MoonrakerWebSocket implements WebSocketSimulator {
    private final Supplier<MoonrakerObjects.Snapshot> snapshots;
    private final BiFunction<JsonObject, Boolean, JsonObject> calls;
    private final Predicate<String> keys;
    private boolean authorized;
    private Klippy klippy;
    private @Nullable JsonObject subscribed;
    private JsonObject sent = new JsonObject();

    /**
     * @param calls answers a call, for an authorized client or another one
     * @param keys whether a key is the right one
     * @param authorized by the request for the web socket
     */
    MoonrakerWebSocket(
            Supplier<MoonrakerObjects.Snapshot> snapshots,
            BiFunction<JsonObject, Boolean, JsonObject> calls,
            Predicate<String> keys,
            boolean authorized) {
        this.snapshots = snapshots;
        this.calls = calls;
        this.keys = keys;
        this.authorized = authorized;
        this.klippy = snapshots.get().klippy();
    }

    @Override
    public List<String> onMessage(String text) {
        JsonObject call;
        try {
            call = new JsonObject(text);
        } catch (RuntimeException notJson) {
            return List.of("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32700,\"message\":\"Parse error\"},\"id\":null}");
        }
        return List.of(answer(call).encode());
    }

    private JsonObject answer(JsonObject call) {
        JsonObject params = call.getValue("params") instanceof JsonObject given ? given : new JsonObject();
        String method = call.getString("method", "");
        if (method.equals("server.connection.identify")) {
            return identify(call, params);
        }
        if (!method.equals("printer.objects.subscribe")) {
            return calls.apply(call, authorized);
        }
        JsonObject answer = calls.apply(call.copy().put("method", "printer.objects.query"), authorized);
        JsonObject result = answer.getJsonObject("result");
        if (result != null) {
            subscribed = params;
            sent = result.getJsonObject("status").copy();
        }
        return answer;
    }

    private JsonObject identify(JsonObject call, JsonObject params) {
        String key = params.getString("api_key");
        authorized = key == null ? authorized : keys.test(key);
        JsonObject answer = new JsonObject().put("jsonrpc", "2.0");
        if (authorized) {
            answer.put("result", new JsonObject().put("connection_id", 140110839768976L));
        } else {
            String why = key == null ? "Unauthorized" : "Invalid API Key";
            answer.put("error", new JsonObject().put("code", -32602).put("message", why));
        }
        return answer.put("id", call.getValue("id"));
    }

    @Override
    public List<String> onTick() {
        List<String> messages = new ArrayList<>();
        Klippy now = snapshots.get().klippy();
        JsonObject changes = changes(now);
        if (!changes.isEmpty()) {
            messages.add(notification(
                    "notify_status_update", new JsonArray().add(changes).add(0.0)));
        }
        if (now != klippy && authorized) {
            String event = now == Klippy.GONE ? "disconnected" : now == Klippy.READY ? "ready" : "shutdown";
            messages.add(notification("notify_klippy_" + event, new JsonArray()));
        }
        klippy = now;
        return messages;
    }

    private JsonObject changes(Klippy now) {
        JsonObject changes = new JsonObject();
        if (now == Klippy.GONE) {
            subscribed = null;
        }
        if (subscribed == null) {
            return changes;
        }
        JsonObject query = new JsonObject()
                .put("method", "printer.objects.query")
                .put("params", subscribed)
                .put("id", 0);
        JsonObject status =
                calls.apply(query, authorized).getJsonObject("result").getJsonObject("status");
        for (String object : status.fieldNames()) {
            JsonObject fields = status.getJsonObject(object);
            JsonObject before = sent.getJsonObject(object, new JsonObject());
            JsonObject changed = new JsonObject();
            fields.forEach(field -> {
                if (!Objects.equals(field.getValue(), before.getValue(field.getKey()))) {
                    changed.put(field.getKey(), field.getValue());
                }
            });
            if (!changed.isEmpty()) {
                changes.put(object, changed);
            }
        }
        sent = status;
        return changes;
    }

    private static String notification(String method, JsonArray params) {
        JsonObject message = new JsonObject().put("jsonrpc", "2.0").put("method", method);
        return (params.isEmpty() ? message : message.put("params", params)).encode();
    }
}
