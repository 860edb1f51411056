package io.github.printer2mqtt.simulator.elegoo;

import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.WebSocketSimulator;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One client of the printer: requests are acknowledged before their data, and changes are sent unless the printer is idle. Not thread-safe. */
final class SdcpWebSocket implements WebSocketSimulator {
    private static final String MAINBOARD = "0a1b2c3d0103147000001c0000000000";
    private static final int BUSY = 1;

    private final ElegooSimulator printer;
    private @Nullable JsonObject sent;
    private State sentState = State.IDLE;

    SdcpWebSocket(ElegooSimulator printer) {
        this.printer = printer;
    }

    /** What is no request of the protocol is not answered, as a text {@code ping}. */
    @Override
    public List<String> onMessage(String text) {
        JsonObject data;
        try {
            data = new JsonObject(text).getJsonObject("Data", new JsonObject());
        } catch (DecodeException | ClassCastException e) {
            return List.of();
        }
        List<String> answers = new ArrayList<>();
        int command = data.getInteger("Cmd", -1);
        answers.add(acknowledgement(data, execute(command, data.getJsonObject("Data", new JsonObject()))));
        if (command == 0) {
            answers.add(status());
        } else if (command == 1) {
            answers.add(message(
                    "attributes",
                    "Attributes",
                    SdcpBodies.attributes(printer.printer().name(), MAINBOARD)));
        }
        return answers;
    }

    /** The code of the acknowledgement. */
    private int execute(int command, JsonObject arguments) {
        SimulatedPrinter machine = printer.printer();
        try {
            switch (command) {
                case 129 -> machine.pause();
                case 130 -> machine.cancel();
                case 131 -> machine.resume();
                case 403 -> control(machine, arguments);
                default -> {} // data only
            }
            return 0;
        } catch (SimulatedPrinter.ForbiddenByStateException e) {
            return BUSY;
        }
    }

    private void control(SimulatedPrinter machine, JsonObject arguments) {
        if (arguments.containsKey("TempTargetNozzle")) {
            machine.heatNozzle(arguments.getDouble("TempTargetNozzle"));
        }
        if (arguments.containsKey("TempTargetHotbed")) {
            machine.heatBed(arguments.getDouble("TempTargetHotbed"));
        }
        if (arguments.getValue("LightStatus") instanceof JsonObject light) {
            printer.switchLight(light.getInteger("SecondLight", 0) != 0);
        }
    }

    @Override
    public List<String> onTick() {
        PrinterView view = printer.printer().view();
        boolean isQuiet = view.state() == State.IDLE && sentState == State.IDLE;
        return isQuiet || SdcpBodies.status(view, printer.isLit()).equals(sent) ? List.of() : List.of(status());
    }

    private String status() {
        PrinterView view = printer.printer().view();
        JsonObject status = SdcpBodies.status(view, printer.isLit());
        sent = status;
        sentState = view.state();
        return message("status", "Status", status);
    }

    private static String message(String topic, String name, JsonObject content) {
        return new JsonObject()
                .put(name, content)
                .put("MainboardID", MAINBOARD)
                .put("TimeStamp", 1_788_540_000)
                .put("Topic", "sdcp/" + topic + "/" + MAINBOARD)
                .encode();
    }

    private static String acknowledgement(JsonObject request, int code) {
        return new JsonObject()
                .put("Id", "979d4c788a4a78bc777a870f1a02867a")
                .put(
                        "Data",
                        new JsonObject()
                                .put("Cmd", request.getInteger("Cmd", -1))
                                .put("Data", new JsonObject().put("Ack", code))
                                .put("RequestID", request.getString("RequestID", ""))
                                .put("MainboardID", MAINBOARD)
                                .put("TimeStamp", 1_788_540_000))
                .put("Topic", "sdcp/response/" + MAINBOARD)
                .encode();
    }
}
