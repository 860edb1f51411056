package io.github.printer2mqtt.simulator.elegoo;

import io.github.printer2mqtt.simulator.server.MqttSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedMqttClient;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One client of a simulated Centauri Carbon 2; gets changes once a second after it has registered. */
final class Cc2Client implements MqttSimulator.Client {
    private static final int TICKS_A_REPORT = 4;

    private final ElegooCc2Simulator printer;
    private final SimulatedMqttClient client;
    private @Nullable String id;
    private JsonObject known = new JsonObject();
    private int ticks;
    private int changes;

    Cc2Client(ElegooCc2Simulator printer, SimulatedMqttClient client) {
        this.printer = printer;
        this.client = client;
    }

    @Override
    public boolean mayLogIn(String user, String password) {
        return printer.logIn(user, password);
    }

    /** Any filter is accepted, but a wrong serial number gets no message. */
    @Override
    public boolean mayRead(String filter) {
        return true;
    }

    @Override
    public void onMessage(String topic, Buffer payload) {
        JsonObject message;
        try {
            message = new JsonObject(payload);
        } catch (DecodeException | ClassCastException e) {
            return;
        }
        if (topic.equals(printer.topic("api_register"))) {
            register(message.getString("client_id", ""), message.getString("request_id", ""));
        } else if (id != null && topic.equals(printer.topic(id + "/api_request"))) {
            respond(id, message);
        }
    }

    private void register(String clientId, String requestId) {
        boolean isAdmitted = printer.register(clientId);
        id = isAdmitted ? clientId : null;
        known = printer.status();
        publish(
                printer.topic(requestId + "/register_response"),
                new JsonObject().put("client_id", clientId).put("error", isAdmitted ? "ok" : "too many clients"));
    }

    private void respond(String clientId, JsonObject request) {
        String topic = printer.topic(clientId + "/api_response");
        if ("PING".equals(request.getString("type"))) {
            publish(topic, new JsonObject().put("type", "PONG"));
            return;
        }
        int method = Objects.requireNonNullElse(request.getInteger("method"), 0);
        JsonObject result;
        if (method == 1002) {
            known = printer.status();
            result = known;
        } else {
            result = new JsonObject()
                    .put("error_code", printer.execute(method, request.getJsonObject("params", new JsonObject())));
        }
        publish(
                topic,
                new JsonObject()
                        .put("id", request.getValue("id"))
                        .put("method", method)
                        .put("result", result));
    }

    @Override
    public void onTick() {
        ticks++;
        if (id == null || ticks % TICKS_A_REPORT != 0) {
            return;
        }
        JsonObject now = printer.status();
        JsonObject changed = Cc2Status.changes(known, now);
        known = now;
        if (!changed.isEmpty()) {
            publish(
                    printer.topic("api_status"),
                    new JsonObject().put("id", ++changes).put("method", 6000).put("result", changed));
        }
    }

    @Override
    public void onClose() {
        if (id != null) {
            printer.forget(id);
        }
    }

    private void publish(String topic, JsonObject message) {
        client.publish(topic, message.toBuffer());
    }
}
