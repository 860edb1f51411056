package io.github.printer2mqtt.simulator.repetier;

import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.WebSocketSimulator;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One client of the web socket: replies to calls, temperatures once a second, a state when it changes, and the begin and end
 * of prints. Not thread-safe.
 */
final class RepetierWebSocket implements WebSocketSimulator {
    private static final int TICKS_A_SECOND = 4;

    /** Answers a call. */
    interface Calls {
        Object answer(String action, String data, String slug);
    }

    private final List<SimulatedPrinter> printers;
    private final boolean isAuthorized;
    private final Calls calls;
    private final Map<SimulatedPrinter, State> states = new HashMap<>();
    private final Map<SimulatedPrinter, JsonObject> sent = new HashMap<>();
    private int ticks;

    /** @param isAuthorized whether the client has sent the right key */
    RepetierWebSocket(List<SimulatedPrinter> printers, boolean isAuthorized, Calls calls) {
        this.printers = printers;
        this.isAuthorized = isAuthorized;
        this.calls = calls;
    }

    @Override
    public List<String> onOpen() {
        printers.forEach(printer -> states.put(printer, printer.view().state()));
        return isAuthorized
                ? List.of()
                : List.of(message(new JsonArray().add(event("loginRequired", "", new JsonObject()))));
    }

    @Override
    public List<String> onMessage(String text) {
        JsonObject call = new JsonObject(text);
        Object answer = isAuthorized
                ? calls.answer(
                        call.getString("action", ""),
                        call.getJsonObject("data", new JsonObject()).encode(),
                        call.getString("printer", ""))
                : new JsonObject().put("permissionDenied", true).put("loggedIn", false);
        return List.of(new JsonObject()
                .put("callback_id", call.getValue("callback_id"))
                .put("data", answer)
                .put("session", "q4pUm8")
                .encode());
    }

    @Override
    public List<String> onTick() {
        JsonArray events = new JsonArray();
        ticks++;
        if (isAuthorized) {
            printers.forEach(printer -> addEvents(events, printer));
        }
        return events.isEmpty() ? List.of() : List.of(message(events));
    }

    private void addEvents(JsonArray events, SimulatedPrinter printer) {
        PrinterView view = printer.view();
        String slug = RepetierBodies.slug(printer);
        State before = states.put(printer, view.state());
        if (before != null && before != view.state()) {
            addJobEvent(events, slug, before, view.state());
        }
        if (ticks % TICKS_A_SECOND != 0 || view.state() == State.DISCONNECTED) {
            return;
        }
        events.add(temperature(slug, 0, view.nozzle(), view.nozzleTarget()));
        events.add(temperature(slug, 1000, view.bed(), view.bedTarget()));
        JsonObject state = RepetierBodies.state(view);
        if (!state.equals(sent.put(printer, state))) {
            events.add(event("updatePrinterState", slug, state));
        }
    }

    private static void addJobEvent(JsonArray events, String slug, State before, State now) {
        boolean hadJob = before.mayHaveJob();
        if (hadJob && now == State.FINISHED) {
            events.add(event("jobFinished", slug, new JsonObject().put("duration", 3855)));
        } else if (hadJob && now == State.CANCELLED) {
            events.add(event("jobKilled", slug, new JsonObject().put("duration", 120)));
        } else if (!hadJob && now == State.HEATING) {
            events.add(event("jobStarted", slug, new JsonObject()));
        } else {
            events.add(event("printerListChanged", "", new JsonObject()));
        }
    }

    private static JsonObject temperature(String slug, int heater, double actual, double target) {
        return event(
                "temp",
                slug,
                new JsonObject()
                        .put("id", heater)
                        .put("T", Math.round(actual * 100) / 100.0)
                        .put("S", target)
                        .put("O", 0));
    }

    private static JsonObject event(String name, String slug, JsonObject data) {
        return new JsonObject().put("event", name).put("printer", slug).put("data", data);
    }

    private static String message(JsonArray events) {
        return new JsonObject()
                .put("callback_id", -1)
                .put("data", events)
                .put("eventList", true)
                .encode();
    }
}
