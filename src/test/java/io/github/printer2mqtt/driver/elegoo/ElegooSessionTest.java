package io.github.printer2mqtt.driver.elegoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.CommandRefusedException.Reason;
import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.Driver.ProbeResult;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.Heater;
import io.github.printer2mqtt.model.Command.Home;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.Command.SetLight;
import io.github.printer2mqtt.model.Command.SetSpeed;
import io.github.printer2mqtt.model.Command.SetTemperature;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.simulator.elegoo.ElegooSimulator;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which messages an Elegoo gets, and what is made of its answers. */
class ElegooSessionTest {
    private static final String PRINTING = ScriptedElegoo.status("{\"Status\":13,\"CurrentLayer\":2}");

    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger code = new AtomicInteger();
    private final ScriptedElegoo printer = new ScriptedElegoo(this::answer);

    /** The acknowledgement comes first, as recorded. */
    private List<String> answer(JsonObject request) {
        List<String> answers = new ArrayList<>(List.of("pong", ScriptedElegoo.acknowledgement(request, code.get())));
        if (request.getInteger("Cmd") == 0) {
            answers.add(PRINTING);
        }
        return answers;
    }

    private Session open(ProtocolSimulator simulator, Duration timeout) {
        PrinterServer server = printers.start(simulator);
        return fixture.openAt(driver(server), Credentials.none(), timeout, server.url());
    }

    private ElegooDriver driver(PrinterServer server) {
        return new ElegooDriver(nanos::get, server.port());
    }

    private Session session() {
        return open(printer, Duration.ofSeconds(10));
    }

    @Test
    void attributesAreRequestedOnceAndTheStatusAtEachPoll() {
        Session session = session();

        assertThat(session.poll().state()).isEqualTo(PrinterState.PRINTING);
        session.poll();

        assertThat(printer.commands()).containsExactly(1, 0, 0);
        assertThat(printer.received().get(0).getString("Topic")).isEqualTo("sdcp/request/");
        assertThat(printer.received().get(2).getString("Topic")).isEqualTo("sdcp/request/0a1b");
    }

    @Test
    void acknowledgementAloneIsNoStatus() {
        ScriptedElegoo mute = new ScriptedElegoo(request -> List.of(ScriptedElegoo.acknowledgement(request, 0)));
        Session session = open(mute, Duration.ofMillis(300));

        assertThat(session.failure().reason()).isEqualTo(FailureReason.TIMEOUT);
    }

    @Test
    void acknowledgementConfirmsTheStatusThatIsKnown() {
        AtomicInteger polls = new AtomicInteger();
        ScriptedElegoo once = new ScriptedElegoo(request -> {
            List<String> answers = new ArrayList<>(List.of(ScriptedElegoo.acknowledgement(request, 0)));
            if (request.getInteger("Cmd") == 0 && polls.incrementAndGet() == 1) {
                answers.add(PRINTING);
            }
            return answers;
        });
        Session session = open(once, Duration.ofSeconds(10));

        session.poll();

        assertThat(session.poll().state()).isEqualTo(PrinterState.PRINTING);
        assertThat(polls).hasValue(2);
    }

    @Test
    void printerThatReportsHearsFromTheBridgeNowAndThen() {
        Session session = session();
        session.poll();
        printer.push(PRINTING);
        nanos.addAndGet(Duration.ofSeconds(31).toNanos());
        printer.push(PRINTING);

        Await.until("the status is requested", () -> printer.commands().size() >= 3);
        assertThat(printer.commands()).startsWith(1, 0, 0);
        session.close();
    }

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of(Command.PAUSE, 129, "{}"),
                Arguments.of(Command.CANCEL, 130, "{}"),
                Arguments.of(Command.RESUME, 131, "{}"),
                Arguments.of(new SetLight(true), 403, "{\"LightStatus\":{\"SecondLight\":1,\"RgbLight\":[0,0,0]}}"),
                Arguments.of(new SetLight(false), 403, "{\"LightStatus\":{\"SecondLight\":0,\"RgbLight\":[0,0,0]}}"),
                Arguments.of(new SetSpeed(130), 403, "{\"PrintSpeedPct\":130}"),
                Arguments.of(new SetTemperature(Heater.NOZZLE, 215), 403, "{\"TempTargetNozzle\":215}"),
                Arguments.of(new SetTemperature(Heater.BED, 62.5), 403, "{\"TempTargetHotbed\":62.5}"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandIsSentOnceOverTheSameConnection(PrinterCommand command, int number, String data) {
        Session session = session();
        session.poll();

        session.execute(command);

        assertThat(printer.commands()).containsExactly(1, 0, number);
        assertThat(printer.received()
                        .get(2)
                        .getJsonObject("Data")
                        .getJsonObject("Data")
                        .encode())
                .isEqualTo(data);
    }

    @ParameterizedTest
    @CsvSource({"1, STATE, the printer is busy", "9, OTHER, the printer refuses the command (code 9)"})
    void refusedCommandHasAReason(int acknowledged, Reason reason, String message) {
        Session session = session();
        session.poll();
        code.set(acknowledged);

        assertThat(session.refusal(Command.PAUSE)).isInstanceOfSatisfying(CommandRefusedException.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused).hasMessage(message);
        });
    }

    @Test
    void unknownCommandsAndValuesAreNeverSent() {
        Session session = session();
        session.poll();

        for (PrinterCommand command : List.of(Command.EMERGENCY_STOP, Home.everywhere(), new SetSpeed(99))) {
            assertThat(session.refusal(command)).isInstanceOf(CommandRefusedException.class);
        }

        assertThat(printer.commands()).containsExactly(1, 0);
    }

    @ParameterizedTest
    @CsvSource({"500, BUSY, serves no more clients", "404, UNREADABLE, the web socket is refused (HTTP 404)"})
    void refusedConnectionIsExplained(int status, FailureReason reason, String message) {
        PollFailure failure =
                open(ScriptedElegoo.refusing(status), Duration.ofSeconds(10)).failure();

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.detail()).contains(message);
    }

    @Test
    void printerIsRecognisedByItsAttributes() {
        PrinterServer server = printers.start(new ElegooSimulator(SimulatedPrinters.machine("Bench")));

        ProbeResult result = fixture.probe(driver(server), server.port());

        assertThat(result)
                .isEqualTo(ProbeResult.match(
                        "ELEGOO Centauri Carbon, firmware V1.4.49",
                        new Driver.Identity("Centauri Carbon", "0a1b2c3d0103147000001c0000000000")));
        Await.until("the connection is closed", () -> server.openConnections() == 0);
    }

    @Test
    void serversAtOtherPortsGetNoRequest() {
        assertThat(fixture.probe(new ElegooDriver()).matches()).isFalse();

        assertThat(fixture.printer().connections()).isZero();
    }
}
