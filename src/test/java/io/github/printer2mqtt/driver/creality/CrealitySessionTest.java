package io.github.printer2mqtt.driver.creality;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.Driver.ProbeResult;
import io.github.printer2mqtt.driver.PushedSession;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.simulator.creality.CrealitySimulator;
import io.github.printer2mqtt.simulator.creality.CrealitySimulator.Model;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Given a simulated printer, what a session does on the wire. */
@Timeout(60)
class CrealitySessionTest {
    private static final Duration CONFIRM_LIMIT = Duration.ofSeconds(2);

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    private final AtomicLong ahead = new AtomicLong();
    private final AtomicInteger losses = new AtomicInteger();
    private final SimulatedPrinter machine = SimulatedPrinters.machine("K1C");
    private final CrealitySimulator simulator = new CrealitySimulator(machine, Model.K1C);
    private final PrinterServer server = printers.start(simulator);

    private CrealityDriver driver(int port) {
        return new CrealityDriver(() -> System.nanoTime() + ahead.get(), CONFIRM_LIMIT, port);
    }

    private Session open(Duration timeout) {
        Session session = fixture.openAt(driver(server.port()), Credentials.none(), timeout, server.url());
        ((PushedSession) session.session()).listen(new Counter());
        return session;
    }

    private Session open() {
        return open(Duration.ofSeconds(10));
    }

    @Test
    void readsTheWholeStatusAndTheSpoolsOverOneConnection() {
        Session session = open();

        Reading reading = session.poll();

        assertThat(reading.state()).isEqualTo(PrinterState.IDLE);
        assertThat(reading.model()).isEqualTo("K1C");
        Await.until("the spools", () -> session.latest().details().filaments().size() == 3);
        session.poll();
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void changesAreMerged() {
        Session session = open();
        session.poll();

        machine.startUnderWay("clip.gcode", Duration.ofHours(1), Duration.ofMinutes(30));

        Await.until("it prints", () -> session.latest().state() == PrinterState.PRINTING);
        assertThat(session.latest().job())
                .satisfies(job -> assertThat(job.file()).isEqualTo("clip.gcode"));
    }

    @Test
    void printerThatIsSilentForLongMustAnswerOrIsLost() {
        Session session = open(Duration.ofSeconds(1));
        session.poll();
        Await.done(server.behave(Behaviour.silent()));
        assertThat(session.poll().state()).as("heard a moment ago").isEqualTo(PrinterState.IDLE);

        ahead.addAndGet(Duration.ofSeconds(11).toNanos());

        assertThat(session.failure().reason()).isEqualTo(FailureReason.TIMEOUT);
        Await.until("the loss is reported", () -> losses.get() == 1);
        Await.done(server.behave(Behaviour.healthy()));
        assertThat(session.poll().state()).isEqualTo(PrinterState.IDLE);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void printerThatAnswersAfterASilenceKeepsItsConnection() {
        Session session = open();
        session.poll();
        ahead.addAndGet(Duration.ofSeconds(11).toNanos());

        assertThat(session.poll().state()).isEqualTo(PrinterState.IDLE);
        assertThat(losses.get()).isZero();
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void commandIsDoneWhenTheStatusShowsIt() {
        machine.startUnderWay("clip.gcode", Duration.ofHours(1), Duration.ofMinutes(30));
        Session session = open();
        session.poll();

        session.execute(Command.PAUSE);
        assertThat(session.latest().state()).isEqualTo(PrinterState.PAUSED);
        session.execute(Command.RESUME);
        session.execute(new Command.SetLight(false));
        session.execute(new Command.SetSpeed(120));
        session.execute(new Command.SetTemperature(Command.Heater.BED, 65));

        assertThat(session.latest().details().light()).isFalse();
        assertThat(session.latest().speed()).isEqualTo(120);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void commandWithoutAnEffectMayHaveArrived() {
        machine.startUnderWay("clip.gcode", Duration.ofHours(1), Duration.ofMinutes(30));
        Session session = open();
        session.poll();
        simulator.ignoreCommands();

        assertThat(session.refusal(Command.PAUSE)).isInstanceOfSatisfying(PrinterException.class, failure -> {
            assertThat(failure.failure().reason()).isEqualTo(FailureReason.TIMEOUT);
            assertThat(failure.delivery()).isEqualTo(PrinterException.Delivery.POSSIBLE);
        });
        assertThat(losses.get()).isZero();
    }

    @Test
    void commandWithoutAConnectionWasNotSent() {
        assertThat(open().refusal(Command.PAUSE))
                .isInstanceOfSatisfying(
                        PrinterException.class,
                        failure -> assertThat(failure.delivery()).isEqualTo(PrinterException.Delivery.NOT_SENT));
    }

    @Test
    void serverWithoutTheWebSocketIsUnreadable() {
        Session session = fixture.open(driver(server.port()), Credentials.none());

        assertThat(session.failure().reason()).isEqualTo(FailureReason.UNREADABLE);
    }

    @Test
    void probeRecognisesThePrinterAtItsOwnPortOnly() {
        ProbeResult found = fixture.probe(driver(server.port()), server.port());

        assertThat(found.matches()).isTrue();
        assertThat(found.evidence()).isEqualTo("Creality K1C, firmware 1.3.3.46");
        Await.until("the connection is closed", () -> server.openConnections() == 0);
        assertThat(fixture.probe(driver(9999), server.port()).matches()).isFalse();
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void probeOfAnotherServerFindsNothing() {
        int port = fixture.printer().port();

        assertThat(fixture.probe(driver(port), port).evidence())
                .isEqualTo("the server has no web socket of a Creality printer");
    }

    private final class Counter implements PushedSession.Listener {
        @Override
        public void onUpdate() {}

        @Override
        public void onPollNeeded() {}

        @Override
        public void onLost() {
            losses.incrementAndGet();
        }
    }
}
