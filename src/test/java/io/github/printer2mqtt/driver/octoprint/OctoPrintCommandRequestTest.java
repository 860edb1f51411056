package io.github.printer2mqtt.driver.octoprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class OctoPrintCommandRequestTest {
    @Test
    void mapsEveryCommandToARequest() {
        expect(Command.PAUSE, "/api/job", "{\"command\":\"pause\",\"action\":\"pause\"}");
        expect(Command.RESUME, "/api/job", "{\"command\":\"pause\",\"action\":\"resume\"}");
        expect(Command.CANCEL, "/api/job", "{\"command\":\"cancel\"}");
        expect(
                new Command.SetTemperature(Command.Heater.NOZZLE, 215),
                "/api/printer/tool",
                "{\"command\":\"target\",\"targets\":{\"tool0\":215}}");
        expect(
                new Command.SetTemperature(Command.Heater.BED, 62.5),
                "/api/printer/bed",
                "{\"command\":\"target\",\"target\":62.5}");
        expect(
                Command.Home.everywhere(),
                "/api/printer/printhead",
                "{\"command\":\"home\",\"axes\":[\"x\",\"y\",\"z\"]}");
        expect(
                new Command.Home(EnumSet.of(Command.Axis.Z)),
                "/api/printer/printhead",
                "{\"command\":\"home\",\"axes\":[\"z\"]}");
        expect(Command.EMERGENCY_STOP, "/api/printer/command", "{\"command\":\"M112\"}");
    }

    private static void expect(PrinterCommand command, String path, String body) {
        assertThat(OctoPrintCommandRequest.of(command)).isEqualTo(new OctoPrintCommandRequest(path, body));
    }
}
