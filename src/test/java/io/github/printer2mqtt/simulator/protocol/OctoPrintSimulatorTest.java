package io.github.printer2mqtt.simulator.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.ManualClock;
import io.github.printer2mqtt.simulator.RawResponse;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OctoPrintSimulatorTest {
    private final ManualClock clock = new ManualClock();

    @ParameterizedTest
    @CsvSource({
        "IDLE, 02-version",
        "IDLE, 02-currentuser-nokey",
        "IDLE, 01-nokey-job",
        "IDLE, 01-badkey-job",
        "IDLE, 04-idle-job",
        "IDLE, 06-login-passive",
        "IDLE, 04-idle-printer",
        "IDLE, 04-idle-printer-exclude",
        "IDLE, 14-cancel-idle",
        "IDLE, 09-badjson",
        "IDLE, 09-disconnect-while-printing-badcmd",
        "DISCONNECTED, 02-disconnected-job",
        "DISCONNECTED, 02-disconnected-printer",
        "DISCONNECTED, 02-disconnected-job-pause",
        "HEATING, 08-heating-printer",
        "PRINTING, 09-printing-job",
        "PRINTING, 09-printing-printer",
        "PRINTING, 09-pause",
        "PRINTING, 12-cancel",
        "PAUSED, 10-paused-job",
        "PAUSED, 10-paused-printer",
        "PAUSED, 10-resume",
        "FINISHED, 11-job",
        "CANCELLED, 14-cancelled-printer",
        "FAILED, 15-error-job",
        "IDLE, 08-setbed",
        "IDLE, 12-tool-bad",
        "IDLE, 12-tool-missing",
        "PRINTING, 08-home-while-printing",
    })
    void respondsLikeTheRealServer(State state, String recording) {
        RecordedShape.assertMatches(simulator(state), "octoprint/" + recording + ".json");
    }

    @ParameterizedTest
    @CsvSource({
        "IDLE, Operational",
        "PRINTING, Printing",
        "PAUSED, Paused",
        "ATTENTION, Paused",
        "FINISHED, Operational",
        "CANCELLED, Operational",
        "FAILED, Offline after error",
        "DISCONNECTED, Offline",
        "BUSY, Transferring file to SD",
    })
    void usesOctoPrintsNamesOfStates(State state, String text) {
        assertThat(job(simulator(state)).json().getString("state")).isEqualTo(text);
    }

    @Test
    void startsWithStateStarting() {
        SimulatedPrinter printer = new SimulatedPrinter("Ender 3", clock);
        printer.start("cube.gcode", Duration.ofMinutes(2));
        assertThat(job(simulator(printer)).json().getString("state")).isEqualTo("Starting");
        clock.moveSeconds(5);
        assertThat(job(simulator(printer)).json().getString("state")).isEqualTo("Printing");
    }

    @Test
    void finishedJobIsAt100PercentAndCancelledJobHasNoProgress() {
        assertThat(job(simulator(State.FINISHED))
                        .json()
                        .getJsonObject("progress")
                        .getDouble("completion"))
                .isEqualTo(100.0);
        assertThat(job(simulator(State.CANCELLED))
                        .json()
                        .getJsonObject("progress")
                        .getValue("completion"))
                .isNull();
    }

    @Test
    void commandsChangeTheState() {
        SimulatedPrinter printer = PrinterInState.of(State.PRINTING, clock);
        OctoPrintSimulator simulator = simulator(printer);
        RecordedShape.assertMatches(simulator, "octoprint/09-pause.json");
        assertThat(printer.view().state()).isEqualTo(State.PAUSED);
        RecordedShape.assertMatches(simulator, "octoprint/09-pause.json");
        RecordedShape.assertMatches(simulator, "octoprint/10-resume.json");
        assertThat(printer.view().state()).isEqualTo(State.PRINTING);
        RecordedShape.assertMatches(simulator, "octoprint/12-cancel.json");
        assertThat(printer.view().state()).isEqualTo(State.CANCELLED);
        RecordedShape.assertMatches(simulator, "octoprint/14-cancel-idle.json");
    }

    private static RawResponse job(ProtocolSimulator simulator) {
        SimulatedRequest request = RecordedShape.get("/api/job", "X-Api-Key", Recording.KEY);
        return RawResponse.parse(simulator.respond(request).bytes().getBytes());
    }

    private OctoPrintSimulator simulator(State state) {
        return simulator(PrinterInState.of(state, clock));
    }

    private static OctoPrintSimulator simulator(SimulatedPrinter printer) {
        return new OctoPrintSimulator(printer, Recording.KEY);
    }
}
