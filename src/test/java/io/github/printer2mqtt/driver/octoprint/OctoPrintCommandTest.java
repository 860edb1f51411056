package io.github.printer2mqtt.driver.octoprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import io.github.printer2mqtt.testing.ReplayPrinter.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OctoPrintCommandTest {
    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    private final Session session = fixture.open(new OctoPrintDriver(), Credentials.ofApiKey("k3y"));

    @Test
    void sendsHeatHomeAndStopWithTheKey() {
        fixture.printer()
                .answer("POST /api/printer/tool", CannedResponse.empty(204))
                .answer("POST /api/printer/bed", CannedResponse.empty(204))
                .answer("POST /api/printer/printhead", CannedResponse.json(409, "{\"error\":\"currently printing\"}"))
                .answer("POST /api/printer/command", CannedResponse.empty(204));

        session.execute(new Command.SetTemperature(Command.Heater.NOZZLE, 215));
        session.execute(new Command.SetTemperature(Command.Heater.BED, 60));
        session.execute(Command.EMERGENCY_STOP);
        assertThat(session.refusal(Command.Home.everywhere()))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessage("currently printing");

        assertThat(fixture.printer().lines())
                .containsExactly(
                        "POST /api/printer/tool",
                        "POST /api/printer/bed",
                        "POST /api/printer/command",
                        "POST /api/printer/printhead");
        assertThat(fixture.printer().requests())
                .allSatisfy(request -> assertThat(request.header("X-Api-Key")).isEqualTo("k3y"));
    }

    @Test
    void sendsEachCommandOnceAndNeverTheToggle() {
        fixture.printer().answer("POST /api/job", CannedResponse.empty(204));

        session.execute(Command.PAUSE);
        session.execute(Command.RESUME);
        session.execute(Command.CANCEL);

        assertThat(fixture.printer().requests())
                .extracting(Request::body)
                .containsExactly(
                        "{\"command\":\"pause\",\"action\":\"pause\"}",
                        "{\"command\":\"pause\",\"action\":\"resume\"}",
                        "{\"command\":\"cancel\"}");
        assertThat(fixture.printer().requests()).allSatisfy(request -> {
            assertThat(request.header("X-Api-Key")).isEqualTo("k3y");
            assertThat(request.header("Content-Type")).startsWith("application/json");
        });
    }

    @ParameterizedTest
    @CsvSource({"409, STATE", "501, UNSUPPORTED", "404, UNSUPPORTED", "400, OTHER", "500, OTHER"})
    void reportsOctoPrintsMessageForARejectedCommand(int status, CommandRefusedException.Reason reason) {
        fixture.printer()
                .answer("POST /api/job", CannedResponse.json(status, "{\"error\":\"neither printing nor paused\"}"));

        assertThat(session.refusal(Command.CANCEL))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessage("neither printing nor paused")
                .extracting(failure -> ((CommandRefusedException) failure).reason())
                .isEqualTo(reason);
        assertThat(fixture.printer().requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"401, AUTH", "403, AUTH", "429, BUSY", "502, UNREADABLE", "503, DISCONNECTED", "504, UNREADABLE"})
    void failsACommandThatReachesNoPrinter(int status, FailureReason reason) {
        fixture.printer().answer("POST /api/job", CannedResponse.html(status));

        assertThat(session.refusal(Command.PAUSE))
                .isInstanceOf(PrinterException.class)
                .extracting(failure -> ((PrinterException) failure).failure().reason())
                .isEqualTo(reason);
    }
}
