package io.github.printer2mqtt.driver.moonraker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MoonrakerCommandRequestTest {
    @Test
    void mapsEveryCommandToACall() {
        expect(Command.PAUSE, "printer.print.pause", null);
        expect(Command.RESUME, "printer.print.resume", null);
        expect(Command.CANCEL, "printer.print.cancel", null);
        expect(Command.EMERGENCY_STOP, "printer.emergency_stop", null);
        script(
                new Command.SetTemperature(Command.Heater.NOZZLE, 215),
                "SET_HEATER_TEMPERATURE HEATER=extruder TARGET=215");
        script(
                new Command.SetTemperature(Command.Heater.BED, 62.5),
                "SET_HEATER_TEMPERATURE HEATER=heater_bed TARGET=62.5");
        script(new Command.SetTemperature(Command.Heater.BED, 0), "SET_HEATER_TEMPERATURE HEATER=heater_bed TARGET=0");
        script(Command.Home.everywhere(), "G28");
        script(new Command.Home(EnumSet.of(Command.Axis.Y, Command.Axis.X)), "G28 X Y");
    }

    private static void script(PrinterCommand command, String gcode) {
        expect(command, "printer.gcode.script", gcode);
    }

    private static void expect(PrinterCommand command, String method, @Nullable String script) {
        JsonObject expected =
                new JsonObject().put("jsonrpc", "2.0").put("method", method).put("id", 1);
        if (script != null) {
            expected.put("params", new JsonObject().put("script", script));
        }
        assertThat(new JsonObject(MoonrakerCommandRequest.body(command))).isEqualTo(expected);
    }
}
