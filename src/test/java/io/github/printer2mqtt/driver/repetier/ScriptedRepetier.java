package io.github.printer2mqtt.driver.repetier;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import io.github.printer2mqtt.simulator.server.SimulatedResponse;
import io.github.printer2mqtt.simulator.server.WebSocketSimulator;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server with the printers A and B whose web socket answers and sends what a test says; both are idle at first. */
final class ScriptedRepetier implements ProtocolSimulator {
    private final SimulatedPrinter printer = new SimulatedPrinter("Scripted", System::nanoTime);
    private final Queue<String> pushes = new ConcurrentLinkedQueue<>();

    /** Targets of handshakes, and actions with their printer. */
    final List<String> received = new CopyOnWriteArrayList<>();

    volatile String a = idle("A");
    volatile String messages = "[]";

    static String idle(String slug) {
        return "{\"slug\":\"" + slug + "\",\"active\":true,\"online\":1,\"job\":\"none\"}";
    }

    static String printing(int id, double done, String more) {
        return "{\"slug\":\"A\",\"active\":true,\"online\":1,\"job\":\"clip\",\"jobid\":" + id + ",\"done\":" + done
                + ",\"printTime\":2000,\"printedTimeComp\":1000" + more + "}";
    }

    /** Sends an event of a printer within a quarter of a second. */
    void push(String name, String slug, String data) {
        pushes.add("{\"callback_id\":-1,\"eventList\":true,\"data\":[{\"event\":\"" + name + "\",\"printer\":\"" + slug
                + "\",\"data\":" + data + "}]}");
    }

    @Override
    public SimulatedPrinter printer() {
        return printer;
    }

    @Override
    public String driver() {
        return "repetier";
    }

    @Override
    public SimulatedResponse respond(SimulatedRequest request) {
        return new SimulatedResponse(404, "Not Found", List.of(), Buffer.buffer(), false);
    }

    @Override
    public WebSocketSimulator webSocket(SimulatedRequest request) {
        received.add(request.target());
        return new Client();
    }

    private final class Client implements WebSocketSimulator {
        @Override
        public List<String> onMessage(String text) {
            JsonObject call = new JsonObject(text);
            String action = call.getString("action");
            received.add((action + " " + call.getString("printer")).strip());
            Object data = switch (action) {
                case "listPrinter" -> new JsonArray("[" + a + "," + idle("B") + "]");
                case "stateList" -> new JsonObject("{\"A\":{\"extruder\":[{\"tempRead\":20,\"tempSet\":0}]},\"B\":{}}");
                case "messages" -> new JsonArray(messages);
                default -> new JsonObject();
            };
            return List.of(new JsonObject()
                    .put("callback_id", call.getValue("callback_id"))
                    .put("data", data)
                    .encode());
        }

        @Override
        public List<String> onTick() {
            List<String> sent = new ArrayList<>();
            for (String next = pushes.poll(); next != null; next = pushes.poll()) {
                sent.add(next);
            }
            return sent;
        }
    }
}
