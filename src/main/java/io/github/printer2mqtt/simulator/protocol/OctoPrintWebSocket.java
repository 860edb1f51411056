package io.github.printer2mqtt.simulator.protocol;

import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.server.WebSocketSimulator;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client of OctoPrint's push socket, as recorded: silent without a login, the whole status when a subscription begins,
 * then as often as the client allows while a printer is connected, and a change of the state at once. Not thread-safe.
 */
final class OctoPrintWebSocket implements WebSocketSimulator {
    /** Ticks between two messages for each step of the throttle. */
    private static final int TICKS_A_STEP = 2;

    private static final String STATE_CHANGED = "PrinterStateChanged";

    private final Supplier<PrinterView> views;
    private final Predicate<String> logins;
    private @Nullable String login;
    private boolean subscribed;
    private JsonArray events = new JsonArray();
    private int throttle = 1;
    private int ticksSince;
    private int sent;
    private String text;
    private boolean isNews;

    /** @param logins whether a login, as {@code user:session}, is valid */
    OctoPrintWebSocket(Supplier<PrinterView> views, Predicate<String> logins) {
        this.views = views;
        this.logins = logins;
        this.text = OctoPrintBodies.text(views.get());
    }

    @Override
    public List<String> onOpen() {
        return List.of(message("connected", JsonWriter.object(OctoPrintBodies::connected)));
    }

    /** Ignores what it does not understand. */
    @Override
    public List<String> onMessage(String received) {
        JsonObject request;
        try {
            request = new JsonObject(received);
        } catch (RuntimeException notJson) {
            return List.of();
        }
        if (request.getValue("auth") instanceof String auth) {
            return onAuth(auth);
        }
        if (request.getValue("throttle") instanceof Integer factor && factor >= 1) {
            throttle = factor;
        }
        return request.getValue("subscribe") instanceof JsonObject subscription ? onSubscribe(subscription) : List.of();
    }

    private List<String> onAuth(String auth) {
        boolean wasLoggedIn = login != null;
        login = logins.test(auth) ? auth : null;
        if (login == null) {
            return List.of(reauthRequired());
        }
        List<String> messages = new ArrayList<>();
        if (!wasLoggedIn) {
            messages.addAll(history());
            messages.add("{\"timelapse\":null}");
        }
        return messages;
    }

    private List<String> onSubscribe(JsonObject subscription) {
        boolean wasSubscribed = subscribed;
        subscribed = subscription.getValue("state") instanceof JsonObject;
        events = subscription.getJsonArray("events", new JsonArray());
        return subscribed && !wasSubscribed ? history() : List.of();
    }

    private List<String> history() {
        if (login == null || !subscribed) {
            return List.of();
        }
        PrinterView view = views.get();
        return List.of(message("history", status(view, points(view))));
    }

    @Override
    public List<String> onTick() {
        String current = login;
        if (current == null) {
            return List.of();
        }
        if (!logins.test(current)) {
            login = null;
            return List.of(reauthRequired());
        }
        List<String> messages = new ArrayList<>();
        PrinterView view = views.get();
        String before = text;
        text = OctoPrintBodies.text(view);
        if (!text.equals(before)) {
            isNews = true;
            if (events.contains(STATE_CHANGED)) {
                messages.add(message("event", stateChanged(view)));
            }
        }
        ticksSince++;
        boolean isNeeded = isNews || OctoPrintBodies.isOperational(view);
        if (subscribed && isNeeded && ticksSince >= TICKS_A_STEP * throttle) {
            ticksSince = 0;
            isNews = false;
            sent++;
            JsonArray points = sent % 2 == 0 ? points(view) : new JsonArray();
            messages.add(message("current", status(view, points).put("busyFiles", new JsonArray())));
        }
        return messages;
    }

    private JsonObject stateChanged(PrinterView view) {
        return new JsonObject()
                .put("type", STATE_CHANGED)
                .put(
                        "payload",
                        new JsonObject()
                                .put("state_id", OctoPrintBodies.stateId(view))
                                .put("state_string", text));
    }

    private static JsonObject status(PrinterView view, JsonArray points) {
        return JsonWriter.object(json -> OctoPrintBodies.status(json, view)).put("temps", points);
    }

    private static JsonArray points(PrinterView view) {
        return OctoPrintBodies.isOperational(view)
                ? new JsonArray().add(JsonWriter.object(json -> OctoPrintBodies.point(json, view)))
                : new JsonArray();
    }

    private static String reauthRequired() {
        return message("reauthRequired", new JsonObject().put("reason", "stale"));
    }

    private static String message(String type, JsonObject payload) {
        return new JsonObject().put(type, payload).encode();
    }
}
