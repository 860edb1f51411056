package io.github.printer2mqtt.driver.elegoocc2;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.MqttSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedMqttClient;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A printer whose status and changes a test writes; records what it receives. Thread-safe. */
final class ScriptedCc2 implements MqttSimulator {
    static final String SERIAL = "F01PLJMOCK00003";

    private static final String TOPIC = "elegoo/" + SERIAL + "/";

    private final SimulatedPrinter printer = new SimulatedPrinter("Scripted", System::nanoTime);
    private final List<JsonObject> received = new CopyOnWriteArrayList<>();
    private final List<SimulatedMqttClient> clients = new CopyOnWriteArrayList<>();
    private volatile String status;
    private volatile int code;

    /** @param status in JSON */
    ScriptedCc2(String status) {
        this.status = status;
    }

    void setStatus(String json) {
        status = json;
    }

    /** Of the next responses to commands. */
    void setCode(int number) {
        code = number;
    }

    /** Sends a change by itself. */
    void push(int id, String changes) {
        JsonObject message = new JsonObject().put("id", id).put("method", 6000).put("result", new JsonObject(changes));
        clients.forEach(client -> client.publish(TOPIC + "api_status", message.toBuffer()));
    }

    /** The received messages, without heart beats. */
    List<JsonObject> received() {
        return received.stream().filter(message -> !isPing(message)).toList();
    }

    long pings() {
        return received.stream().filter(ScriptedCc2::isPing).count();
    }

    private static boolean isPing(JsonObject message) {
        return "PING".equals(message.getString("type"));
    }

    /** The numbers of the received requests. */
    List<Integer> methods() {
        return received().stream()
                .filter(message -> message.containsKey("method"))
                .map(message -> message.getInteger("method"))
                .toList();
    }

    @Override
    public SimulatedPrinter printer() {
        return printer;
    }

    @Override
    public String driver() {
        return "elegoo-cc2";
    }

    @Override
    public Client connect(SimulatedMqttClient client) {
        clients.add(client);
        return new Client() {
            @Override
            public boolean mayLogIn(String user, String password) {
                return user.equals("elegoo");
            }

            @Override
            public boolean mayRead(String filter) {
                return true;
            }

            @Override
            public void onMessage(String topic, Buffer payload) {
                JsonObject message = new JsonObject(payload);
                received.add(message);
                answer(client, topic, message);
            }

            @Override
            public void onTick() {}
        };
    }

    private void answer(SimulatedMqttClient client, String topic, JsonObject message) {
        if (topic.endsWith("/api_register")) {
            client.publish(
                    TOPIC + message.getString("request_id") + "/register_response",
                    new JsonObject().put("error", "ok").toBuffer());
            return;
        }
        String answerTopic = topic.replace("/api_request", "/api_response");
        JsonObject answer = isPing(message)
                ? new JsonObject().put("type", "PONG")
                : new JsonObject()
                        .put("id", message.getValue("id"))
                        .put("method", message.getValue("method"))
                        .put(
                                "result",
                                message.getInteger("method") == 1002
                                        ? new JsonObject(status)
                                        : new JsonObject().put("error_code", code));
        client.publish(answerTopic, answer.toBuffer());
    }
}
