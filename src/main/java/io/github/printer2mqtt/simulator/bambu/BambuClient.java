package io.github.printer2mqtt.simulator.bambu;

import io.github.printer2mqtt.simulator.bambu.BambuSimulator.Cut;
import io.github.printer2mqtt.simulator.server.MqttSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedMqttClient;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** One client of a simulated Bambu Lab printer, which gets changes once a second, as real printers report. Thread-safe. */
final class BambuClient implements MqttSimulator.Client {
    private static final int TICKS_A_REPORT = 4;

    private final BambuSimulator printer;
    private final SimulatedMqttClient client;
    private JsonObject known = new JsonObject();
    private int ticks;
    private boolean isReporting;

    BambuClient(BambuSimulator printer, SimulatedMqttClient client) {
        this.printer = printer;
        this.client = client;
    }

    @Override
    public boolean mayLogIn(String user, String password) {
        if (printer.cut() == Cut.AT_CONNECT) {
            client.disconnect();
            return false;
        }
        return printer.logIn(user, password);
    }

    /** Any filter is accepted, but a wrong serial number gets no message. */
    @Override
    public boolean mayRead(String filter) {
        if (printer.cut() == Cut.AT_SUBSCRIBE) {
            client.disconnect();
        }
        synchronized (this) {
            known = printer.status();
            isReporting = true;
        }
        return true;
    }

    @Override
    public void onMessage(String topic, Buffer payload) {
        if (!topic.equals(printer.requestTopic())) {
            client.disconnect(); // as real printers do
            return;
        }
        JsonObject message;
        try {
            message = new JsonObject(payload);
        } catch (DecodeException | ClassCastException e) {
            return;
        }
        printer.onRequest(message);
        message.forEach(member -> {
            if (member.getValue() instanceof JsonObject request) {
                onRequest(member.getKey(), request);
            }
        });
    }

    private void onRequest(String kind, JsonObject request) {
        switch (kind + '.' + request.getString("command", "")) {
            case "info.get_version" -> publish(printer.version(request));
            case "pushing.pushall" -> pushAll();
            case "pushing.start" -> setReporting(true);
            case "pushing.stop" -> setReporting(false);
            default -> {
                JsonObject reply = printer.execute(request);
                if (reply != null) {
                    publish(new JsonObject().put(kind, reply));
                }
            }
        }
    }

    private synchronized void setReporting(boolean reports) {
        isReporting = reports;
    }

    private synchronized void pushAll() {
        if (printer.cut() == Cut.AT_PUSHALL) {
            client.disconnect();
        } else if (printer.answersPushAll()) {
            known = printer.status();
            publish(BambuReports.whole(known, printer.nextSequence()));
        }
    }

    @Override
    public synchronized void onTick() {
        ticks++;
        if (ticks % TICKS_A_REPORT == 0 && isReporting) {
            JsonObject changes = BambuReports.changes(known, printer.status());
            if (!changes.isEmpty()) {
                report(changes);
            }
        }
    }

    /** Reports changes now. */
    synchronized void report(JsonObject changes) {
        known.mergeIn(changes);
        publish(BambuReports.delta(changes, printer.nextSequence()));
    }

    @Override
    public void onClose() {
        printer.onClosed(this);
    }

    private void publish(JsonObject message) {
        publish(message.toBuffer());
    }

    /** Sends anything as a report. */
    void publish(Buffer payload) {
        client.publish(printer.reportTopic(), payload);
    }

    /** Sends bytes that need not be MQTT. */
    void send(Buffer bytes) {
        client.send(bytes);
    }

    void disconnect() {
        client.disconnect();
    }
}
