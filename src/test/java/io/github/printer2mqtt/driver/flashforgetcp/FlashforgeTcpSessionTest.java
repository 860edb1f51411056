package io.github.printer2mqtt.driver.flashforgetcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.CommandRefusedException.Reason;
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
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.simulator.flashforge.FlashforgeTcpSimulator;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which lines an older FlashForge gets, and what is made of its replies over time. */
class FlashforgeTcpSessionTest {
    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    private final AtomicLong nanos = new AtomicLong();
    private final ScriptedFlashforge printer = new ScriptedFlashforge();
    private final PrinterServer server = printers.start(printer);

    private Session session() {
        return session(Duration.ofSeconds(10));
    }

    private Session session(Duration timeout) {
        return fixture.openAt(
                new FlashforgeTcpDriver(nanos::get, server.port()), Credentials.none(), timeout, server.url());
    }

    @Test
    void pollTakesNoControlAndLeavesNoConnection() {
        Session session = session();

        session.poll();
        session.poll();

        assertThat(printer.received()).containsExactly("~M119", "~M105", "~M27", "~M115", "~M119", "~M105", "~M27");
        Await.until("the connection is closed", () -> server.openConnections() == 0);
        assertThat(server.connections()).isEqualTo(3);
    }

    @Test
    void descriptionThatIsNotAnsweredCostsNoReadingAndIsRequestedAgainLaterOnly() {
        printer.reply("M115", "");
        Session session = session(Duration.ofMillis(800));
        assertThat(session.poll().model()).isNull();
        session.poll();
        printer.reply("M115", "CMD M115 Received.\r\nMachine Type: Flashforge Adventurer 4\r\nok\r\n");
        nanos.addAndGet(Duration.ofMinutes(11).toNanos());

        assertThat(session.poll().model()).isEqualTo("Flashforge Adventurer 4");
        assertThat(printer.received()).hasSize(11).filteredOn("~M115"::equals).hasSize(2);
    }

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of(Command.PAUSE, "~M25"),
                Arguments.of(Command.RESUME, "~M24"),
                Arguments.of(Command.CANCEL, "~M26"),
                Arguments.of(new SetLight(true), "~M146 r255 g255 b255 F0"),
                Arguments.of(new SetLight(false), "~M146 r0 g0 b0 F0"),
                Arguments.of(new SetTemperature(Heater.NOZZLE, 215), "~M104 S215 T0"),
                Arguments.of(new SetTemperature(Heater.BED, 0), "~M140 S0"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandIsSentOnceUnderControlThatIsReleased(PrinterCommand command, String line) {
        session().execute(command);

        assertThat(printer.received()).containsExactly("~M601 S1", line, "~M602");
        Await.until("the connection is closed", () -> server.openConnections() == 0);
    }

    @ParameterizedTest
    @CsvSource({
        "M601, Control failed., 1, another program controls the printer (Control failed.)",
        "M601, Error: have been connected, 1, another program controls the printer (Error: have been connected)",
        "M25, Error: nothing to pause, 3, the printer refuses the command (Error: nothing to pause)"
    })
    void refusedCommandNamesTheReason(String word, String answer, int lines, String message) {
        printer.reply(word, "CMD " + word + " Received.\r\n" + answer + "\r\n");

        assertThat(session().refusal(Command.PAUSE)).isInstanceOfSatisfying(CommandRefusedException.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.STATE);
            assertThat(refused).hasMessage(message);
        });
        assertThat(printer.received()).hasSize(lines);
    }

    @Test
    void unknownCommandsAndValuesAreNeverSent() {
        Session session = session();

        for (PrinterCommand command : List.of(
                Command.EMERGENCY_STOP, Home.everywhere(), new SetSpeed(100), new SetTemperature(Heater.BED, 62.5))) {
            assertThat(session.refusal(command)).isInstanceOf(CommandRefusedException.class);
        }
        assertThat(printer.received()).isEmpty();
    }

    @Test
    void commandWithoutControlWasNotSent() {
        Await.done(server.behave(Behaviour.resetting()));

        assertThat(session().refusal(Command.PAUSE))
                .isInstanceOfSatisfying(
                        PrinterException.class,
                        failure -> assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT));
    }

    @Test
    void replyWithoutAStateIsUnreadable() {
        printer.reply("M119", "CMD M119 Received.\r\nok\r\n");

        assertThat(session().failure().reason()).isEqualTo(FailureReason.UNREADABLE);
    }

    @Test
    void fileIsKeptWhereThePrinterForgetsIt() {
        Session session = session();
        printer.reply("M119", ScriptedFlashforge.machine("BUILDING_FROM_SD", "MOVING", "clip.gx"));
        session.poll();
        printer.reply("M119", ScriptedFlashforge.machine("BUILDING_FROM_SD", "MOVING", ""));
        assertThat(file(session)).isEqualTo("clip.gx");
        printer.reply("M119", ScriptedFlashforge.machine("BUILDING_COMPLETED", "READY", ""));

        assertThat(file(session)).isEqualTo("clip.gx");
        printer.reply("M119", ScriptedFlashforge.machine("READY", "READY", ""));
        assertThat(session.poll().job()).isNull();
    }

    @Test
    void busyPrinterThatStillNamesTheLastFileStartsNoPrint() {
        Session session = session();
        printer.reply("M119", ScriptedFlashforge.machine("BUILDING_COMPLETED", "READY", "clip.gx"));
        session.poll();
        printer.reply("M119", ScriptedFlashforge.machine("BUSY", "MOVING", "clip.gx"));

        assertThat(session.poll()).satisfies(reading -> {
            assertThat(reading.state()).isEqualTo(PrinterState.BUSY);
            assertThat(reading.job()).isNull();
        });
        printer.reply("M119", ScriptedFlashforge.machine("BUSY", "MOVING", "vase.gx"));
        assertThat(session.poll().state()).isEqualTo(PrinterState.PREPARING);
        printer.reply("M119", ScriptedFlashforge.machine("BUILDING_FROM_SD", "MOVING", "vase.gx"));
        session.poll();
        printer.reply("M119", ScriptedFlashforge.machine("BUSY", "MOVING", "vase.gx"));
        assertThat(session.poll()).satisfies(reading -> {
            assertThat(reading.state()).isEqualTo(PrinterState.BUSY);
            assertThat(reading.job()).isNotNull();
        });
    }

    @Test
    void olderPrinterIsRecognisedByItsDescription() {
        assertThat(probe(new FlashforgeTcpSimulator(SimulatedPrinters.machine("Bench"))))
                .isEqualTo(ProbeResult.match("Flashforge Adventurer 4, firmware v2.0.9"));
    }

    @ParameterizedTest
    @CsvSource({
        "Flashforge Adventurer 5M Pro, 'Flashforge Adventurer 5M Pro, which the driver flashforge reads on port 8898'",
        "Other Brand, no FlashForge"
    })
    void otherPrintersAreNotRecognised(String type, String evidence) {
        printer.reply("M115", "CMD M115 Received.\r\nMachine Type: " + type + "\r\nFirmware: v1\r\nok\r\n");

        assertThat(fixture.probe(new FlashforgeTcpDriver(nanos::get, server.port()), server.port()))
                .isEqualTo(ProbeResult.noMatch(evidence));
    }

    @Test
    void serversAtOtherPortsGetNoLine() {
        assertThat(fixture.probe(new FlashforgeTcpDriver()).matches()).isFalse();

        assertThat(fixture.printer().connections()).isZero();
    }

    private ProbeResult probe(ProtocolSimulator simulator) {
        PrinterServer other = printers.start(simulator);
        ProbeResult result = fixture.probe(new FlashforgeTcpDriver(nanos::get, other.port()), other.port());
        Await.until("the connection is closed", () -> other.openConnections() == 0);
        return result;
    }

    private static String file(Session session) {
        Job job = Objects.requireNonNull(session.poll().job());
        return Objects.requireNonNull(job.file());
    }
}
