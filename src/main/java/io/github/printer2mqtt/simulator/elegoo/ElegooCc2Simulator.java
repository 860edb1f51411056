package io.github.printer2mqtt.simulator.elegoo;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.MqttSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedMqttClient;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A Centauri Carbon 2 in LAN mode: a broker without encryption that knows one user, where each client registers. Written from
 * descriptions and a recorded registration; no printer was at hand.
 */
public final class ElegooCc2Simulator implements MqttSimulator {
    private static final String USER = "elegoo";
    private static final int MAX_CLIENTS = 4;

    private final SimulatedPrinter printer;
    private final String serial;
    private final Set<String> registered = ConcurrentHashMap.newKeySet();
    private volatile Secret code;
    private volatile int light = 1;

    /**
     * @param serial the serial number, which is part of the topics
     * @param code the access code
     */
    public ElegooCc2Simulator(SimulatedPrinter printer, String serial, String code) {
        this.printer = printer;
        this.serial = serial;
        this.code = Secret.of(code);
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
        return new Cc2Client(this, client);
    }

    boolean logIn(String user, String password) {
        return user.equals(USER) && code.matches(password);
    }

    String topic(String rest) {
        return "elegoo/" + serial + "/" + rest;
    }

    /** Whether another client may connect. */
    boolean register(String clientId) {
        return registered.contains(clientId) || (registered.size() < MAX_CLIENTS && registered.add(clientId));
    }

    void forget(String clientId) {
        registered.remove(clientId);
    }

    /** The whole status now. */
    JsonObject status() {
        return Cc2Status.of(printer.view(), light);
    }

    /** Executes a command and returns its code: 0, busy (1009) or not printing (1010). */
    int execute(int method, JsonObject parameters) {
        try {
            switch (method) {
                case 1021 -> printer.pause();
                case 1022 -> printer.cancel();
                case 1023 -> printer.resume();
                case 1028 -> heat(parameters);
                case 1029 -> light = parameters.getInteger("power", light);
                default -> {} // answered alike
            }
            return 0;
        } catch (SimulatedPrinter.ForbiddenByStateException e) {
            return printer.view().runningJob() == null ? 1010 : 1009;
        } catch (ClassCastException e) {
            return 1;
        }
    }

    private void heat(JsonObject parameters) {
        Integer nozzle = parameters.getInteger("extruder");
        Integer bed = parameters.getInteger("heater_bed");
        if (nozzle != null) {
            printer.heatNozzle(nozzle);
        }
        if (bed != null) {
            printer.heatBed(bed);
        }
    }

    /** From the next connect on. */
    public void setCode(String text) {
        code = Secret.of(text);
    }

    /** Takes all places of clients. */
    public void occupy() {
        for (int i = 0; i < MAX_CLIENTS; i++) {
            registered.add("other-" + i);
        }
    }

    /** Frees those places. */
    public void vacate() {
        registered.removeIf(client -> client.startsWith("other-"));
    }
}
