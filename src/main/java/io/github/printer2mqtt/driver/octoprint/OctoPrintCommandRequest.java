package io.github.printer2mqtt.driver.octoprint;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import java.util.stream.Collectors;

/**
 * Command -> request. Source: {@code src/octoprint/server/api/job.py} and {@code printer.py} (1.11.8).
 *
 * @param path of the POST
 * @param body JSON made only of fixed texts and validated numbers
 */
record OctoPrintCommandRequest(String path, String body) {
    private static final String JOB = "/api/job";

    /** Does not use the API's toggle, which would resume a print that is already paused. */
    static OctoPrintCommandRequest of(PrinterCommand command) {
        return switch (command.capability()) {
            case PAUSE -> new OctoPrintCommandRequest(JOB, "{\"command\":\"pause\",\"action\":\"pause\"}");
            case RESUME -> new OctoPrintCommandRequest(JOB, "{\"command\":\"pause\",\"action\":\"resume\"}");
            case CANCEL -> new OctoPrintCommandRequest(JOB, "{\"command\":\"cancel\"}");
            case EMERGENCY_STOP -> new OctoPrintCommandRequest("/api/printer/command", "{\"command\":\"M112\"}");
            case NOZZLE_TEMPERATURE, BED_TEMPERATURE -> heat((Command.SetTemperature) command);
            case HOME -> home((Command.Home) command);
            case LIGHT, SPEED ->
                throw new CommandRefusedException(
                        CommandRefusedException.Reason.UNSUPPORTED,
                        "OctoPrint knows no " + command.capability().wireName());
        };
    }

    private static OctoPrintCommandRequest heat(Command.SetTemperature set) {
        return set.heater() == Command.Heater.NOZZLE
                ? new OctoPrintCommandRequest(
                        "/api/printer/tool",
                        "{\"command\":\"target\",\"targets\":{\"tool0\":" + set.targetText() + "}}")
                : new OctoPrintCommandRequest(
                        "/api/printer/bed", "{\"command\":\"target\",\"target\":" + set.targetText() + "}");
    }

    private static OctoPrintCommandRequest home(Command.Home home) {
        String axes = home.axes().stream()
                .map(Command.Axis::wireName)
                .map(axis -> '"' + axis + '"')
                .collect(Collectors.joining(","));
        return new OctoPrintCommandRequest("/api/printer/printhead", "{\"command\":\"home\",\"axes\":[" + axes + "]}");
    }
}
