package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import java.util.EnumSet;
import java.util.stream.Collectors;

/** Command -> the body of a JSON-RPC call. G-code is made only of fixed words and validated numbers. */
final class MoonrakerCommandRequest {
    private MoonrakerCommandRequest() {}

    static String body(PrinterCommand command) {
        return switch (command.capability()) {
            case PAUSE -> call("printer.print.pause", "");
            case RESUME -> call("printer.print.resume", "");
            case CANCEL -> call("printer.print.cancel", "");
            case EMERGENCY_STOP -> call("printer.emergency_stop", "");
            case NOZZLE_TEMPERATURE, BED_TEMPERATURE -> script(heat((Command.SetTemperature) command));
            case HOME -> script(home((Command.Home) command));
            case LIGHT, SPEED ->
                throw new CommandRefusedException(
                        CommandRefusedException.Reason.UNSUPPORTED,
                        "Moonraker knows no " + command.capability().wireName());
        };
    }

    /** Unlike M109 it does not hold Klipper's lock until the temperature is reached. Source: {@code klippy/extras/heaters.py}. */
    private static String heat(Command.SetTemperature set) {
        String heater = set.heater() == Command.Heater.NOZZLE ? "extruder" : "heater_bed";
        return "SET_HEATER_TEMPERATURE HEATER=" + heater + " TARGET=" + set.targetText();
    }

    /** Without axes G28 homes all, in the order that the machine needs. */
    private static String home(Command.Home home) {
        return home.axes().equals(EnumSet.allOf(Command.Axis.class))
                ? "G28"
                : "G28 " + home.axes().stream().map(Command.Axis::name).collect(Collectors.joining(" "));
    }

    private static String script(String gcode) {
        return call("printer.gcode.script", "\"params\":{\"script\":\"" + gcode + "\"},");
    }

    private static String call(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\"," + params + "\"id\":1}";
    }
}
