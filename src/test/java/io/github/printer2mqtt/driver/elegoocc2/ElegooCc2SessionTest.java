package io.github.printer2mqtt.driver.elegoocc2;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.CommandRefusedException.Reason;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.Heater;
import io.github.printer2mqtt.model.Command.Home;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.Command.SetLight;
import io.github.printer2mqtt.model.Command.SetSpeed;
import io.github.printer2mqtt.model.Command.SetTemperature;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which messages a Centauri Carbon 2 gets, and what is made of its answers. */
class ElegooCc2SessionTest {
    private static final String PRINTING =
            "{\"machine_status\":{\"status\":2,\"sub_status\":2075},\"print_status\":{\"filename\":\"clip.gcode\"}}";

    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    private final AtomicLong nanos = new AtomicLong();
    private final ScriptedCc2 printer = new ScriptedCc2(PRINTING);
    private final PrinterServer server = printers.start(printer);

    private Session session() {
        return session(Duration.ofSeconds(10));
    }

    private Session session(Duration timeout) {
        return fixture.openAt(
                new ElegooCc2Driver(nanos::get),
                Credentials.ofLogin(ScriptedCc2.SERIAL, "123456"),
                timeout,
                server.url());
    }

    @Test
    void clientRegistersBeforeItRequestsTheStatus() {
        Session session = session();

        assertThat(session.poll().state()).isEqualTo(PrinterState.PRINTING);
        session.poll();

        assertThat(printer.received()).hasSize(3);
        assertThat(printer.received().get(0).getString("client_id")).matches("0cli[0-9a-f]{6}");
        assertThat(printer.methods()).containsExactly(1002, 1002);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void heartbeatIsSentEveryTenSecondsAtMost() {
        Session session = session();
        session.poll();
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        session.poll();
        session.poll();
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        printer.push(1, "{\"extruder\":{\"temperature\":100}}");

        Await.until("two heart beats", () -> printer.pings() == 2);
        assertThat(session.latest().temperatures().nozzles().get(0).actual()).isEqualTo(100);
    }

    @Test
    void changesAreMergedAndTheEndBetweenTwoReadingsIsNotMissed() {
        Session session = session();
        session.poll();
        printer.push(1, "{\"machine_status\":{\"sub_status\":2077},\"print_status\":{\"state\":\"complete\"}}");
        printer.push(2, "{\"machine_status\":{\"status\":3,\"sub_status\":1155}}");
        printer.push(
                3,
                "{\"machine_status\":{\"status\":1,\"sub_status\":0},\"print_status\":{\"state\":\"\",\"filename\":\"\"}}");

        Await.until("it is idle", () -> session.latest().state() == PrinterState.IDLE);
        assertThat(session.latest().outcome()).hasToString("FINISHED");
        printer.push(4, "{\"machine_status\":{\"status\":2,\"sub_status\":1045}}");
        Await.until("it prepares", () -> session.latest().state() == PrinterState.PREPARING);
        assertThat(session.latest().outcome()).isNull();
    }

    @Test
    void printThatVanishesHasNoKnownEnd() {
        Session session = session();
        session.poll();
        printer.push(1, "{\"machine_status\":{\"status\":3,\"sub_status\":1155}}");
        printer.push(2, "{\"machine_status\":{\"status\":1,\"sub_status\":0}}");

        Await.until("it is idle", () -> session.latest().state() == PrinterState.IDLE);
        assertThat(session.latest().outcome()).isNull();
    }

    @Test
    void wholeStatusIsRequestedAfterFiveGaps() {
        Session session = session();
        session.poll();
        for (int i = 0; i < 6; i++) {
            printer.push(10 * i, "{\"extruder\":{\"temperature\":" + i + "}}");
        }

        Await.until("it is requested", () -> printer.methods().size() == 2);
        session.close();
    }

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of(Command.PAUSE, 1021, "{}"),
                Arguments.of(Command.CANCEL, 1022, "{}"),
                Arguments.of(Command.RESUME, 1023, "{}"),
                Arguments.of(new SetLight(true), 1029, "{\"power\":1}"),
                Arguments.of(new SetLight(false), 1029, "{\"power\":0}"),
                Arguments.of(new SetTemperature(Heater.NOZZLE, 215), 1028, "{\"extruder\":215}"),
                Arguments.of(new SetTemperature(Heater.BED, 0), 1028, "{\"heater_bed\":0}"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandIsSentOnceOverTheSameConnection(PrinterCommand command, int method, String parameters) {
        Session session = session();
        session.poll();

        session.execute(command);

        assertThat(printer.methods()).containsExactly(1002, method);
        JsonObject sent = printer.received().get(2);
        assertThat(sent.getJsonObject("params").encode()).isEqualTo(parameters);
    }

    @ParameterizedTest
    @CsvSource({
        "1009, STATE, the printer is busy",
        "1010, STATE, the printer does not print",
        "7, OTHER, the printer refuses the command (code 7)"
    })
    void refusedCommandHasAReason(int code, Reason reason, String message) {
        Session session = session();
        session.poll();
        printer.setCode(code);

        assertThat(session.refusal(Command.PAUSE)).isInstanceOfSatisfying(CommandRefusedException.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused).hasMessage(message);
        });
    }

    @Test
    void unknownCommandsAndValuesAreNeverSent() {
        Session session = session();
        session.poll();

        for (PrinterCommand command : List.of(
                Command.EMERGENCY_STOP, Home.everywhere(), new SetSpeed(100), new SetTemperature(Heater.BED, 62.5))) {
            assertThat(session.refusal(command)).isInstanceOf(CommandRefusedException.class);
        }
        assertThat(printer.methods()).containsExactly(1002);
    }

    @Test
    void answerWithoutAMachineIsUnreadable() {
        printer.setStatus("{\"error_code\":0}");

        assertThat(session().failure().reason()).isEqualTo(FailureReason.UNREADABLE);
    }

    @Test
    void refusedTokenIsAuth() {
        printer.setStatus("{\"error_code\":1000}");

        assertThat(session().failure().reason()).isEqualTo(FailureReason.AUTH);
    }

    @Test
    void missingCredentialsAreAuthWithoutAConnection() {
        Session session = fixture.openAt(
                new ElegooCc2Driver(nanos::get), Credentials.none(), Duration.ofSeconds(10), server.url());

        assertThat(session.failure().reason()).isEqualTo(FailureReason.AUTH);
        assertThat(server.connections()).isZero();
    }

    @Test
    void httpsAddressIsNotReadWithoutEncryption() {
        Session session = fixture.openAt(
                new ElegooCc2Driver(nanos::get),
                Credentials.ofLogin(ScriptedCc2.SERIAL, "123456"),
                Duration.ofSeconds(10),
                "https://127.0.0.1:" + server.port());

        assertThat(session.failure().reason()).isEqualTo(FailureReason.TLS);
        assertThat(server.connections()).isZero();
    }

    @Test
    void failureOfAConnectIsReportedOnceOnly() {
        Session first = session();
        first.poll();
        Session second = session();
        assertThat(second.failure().reason()).isEqualTo(FailureReason.BUSY);
        first.close();

        assertThat(second.poll().state()).isEqualTo(PrinterState.PRINTING);
    }

    @Test
    void probeSendsNothing() {
        assertThat(fixture.probe(new ElegooCc2Driver(nanos::get), server.port()).matches())
                .isFalse();

        assertThat(server.connections()).isZero();
    }
}
