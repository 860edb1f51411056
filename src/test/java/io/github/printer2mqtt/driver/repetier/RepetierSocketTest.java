package io.github.printer2mqtt.driver.repetier;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.PushedSession;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions of two printers over the web socket of a scripted server, with a clock that the test moves. */
class RepetierSocketTest {
    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    private final AtomicLong nanos = new AtomicLong();
    private final RepetierDriver driver = new RepetierDriver(nanos::get);
    private final ScriptedRepetier repetier = new ScriptedRepetier();
    private final PrinterServer server = printers.start(repetier);
    private final List<String> calls = new CopyOnWriteArrayList<>();

    private Session open(String slug) {
        Session session =
                fixture.openAt(driver, Credentials.ofApiKey("k3y"), Duration.ofSeconds(5), server.url() + "/" + slug);
        ((PushedSession) session.session()).listen(new PushedSession.Listener() {
            @Override
            public void onUpdate() {
                calls.add(slug + " update");
            }

            @Override
            public void onPollNeeded() {
                calls.add(slug + " poll");
            }

            @Override
            public void onLost() {
                calls.add(slug + " lost");
            }
        });
        return session;
    }

    private static boolean isPushing(Session session) {
        return ((PushedSession) session.session()).isPushing();
    }

    @Test
    void printersShareTheWebSocketAndItsAnswers() {
        Session first = open("A");
        Session second = open("B");

        assertThat(first.poll().state()).isEqualTo(PrinterState.IDLE);
        assertThat(second.poll().state()).isEqualTo(PrinterState.IDLE);

        assertThat(repetier.received)
                .containsExactly("/socket?lang=en&apikey=k3y", "extendPing", "listPrinter", "stateList A");
        assertThat(isPushing(first)).isTrue();
        assertThat(isPushing(second)).isTrue();
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void eventIsAnUpdateOfItsPrinterOnly() {
        Session first = open("A");
        first.poll();
        open("B").poll();

        repetier.push("temp", "A", "{\"id\":0,\"T\":60.5,\"S\":0}");
        Await.until("an update", () -> !calls.isEmpty());

        assertThat(calls).containsExactly("A update");
        assertThat(first.latest().temperatures().nozzles().get(0).actual()).isEqualTo(60.5);
    }

    @Test
    void listIsRequestedAgainWhenSomethingArrives() {
        Session session = open("A");
        session.poll();
        repetier.a = ScriptedRepetier.printing(7, 30, "");
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());

        repetier.push("timer30", "", "{}");
        Await.until("an update", () -> calls.contains("A update"));

        assertThat(session.latest().state()).isEqualTo(PrinterState.PRINTING);
    }

    @ParameterizedTest
    @CsvSource({
        "jobFinished, 40, FINISHED",
        "jobKilled, 99.6, CANCELLED",
        "jobDeactivated, 99.6, CANCELLED",
    })
    void eventSaysHowAPrintEnded(String event, double done, JobResult expected) {
        Session session = printingSession(done);
        repetier.a = ScriptedRepetier.idle("A");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        repetier.push(event, "A", "{\"duration\":1000}");
        Await.until("an update", () -> calls.contains("A update"));
        Reading end = session.latest();

        assertThat(end.state()).isEqualTo(PrinterState.IDLE);
        assertThat(end.outcome()).isEqualTo(expected);
        assertThat(session.latest().outcome()).as("stated once").isNull();
    }

    @Test
    void endWithoutAnEventIsDerivedAfterASecond() {
        Session session = printingSession(99.6);
        repetier.a = ScriptedRepetier.idle("A");
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());

        assertThat(session.poll().state()).as("the event may follow").isEqualTo(PrinterState.BUSY);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        Reading end = session.poll();
        assertThat(end.state()).isEqualTo(PrinterState.IDLE);
        assertThat(end.outcome()).isEqualTo(JobResult.FINISHED);
    }

    @Test
    void resultOfOnePrintIsNotThatOfTheNext() {
        Session session = printingSession(50);
        repetier.push("jobFinished", "A", "{}");
        repetier.a = ScriptedRepetier.printing(8, 50, "");
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        Await.until("the list with the next print", () -> {
            repetier.push("timer30", "", "{}");
            return calls.contains("A update");
        });
        assertThat(session.latest().state()).isEqualTo(PrinterState.PRINTING);
        repetier.a = ScriptedRepetier.idle("A");
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        session.poll();
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());

        assertThat(session.poll().outcome()).isEqualTo(JobResult.CANCELLED);
    }

    @Test
    void endDuringALossProvesNothing() {
        Session session = printingSession(99.6);
        Await.done(server.behave(Behaviour.refusing()));
        Await.until("the loss", () -> calls.contains("A lost"));
        assertThat(isPushing(session)).isFalse();
        Await.done(server.behave(Behaviour.healthy()));
        repetier.a = ScriptedRepetier.idle("A");

        Reading after = session.poll();
        assertThat(after.state()).isEqualTo(PrinterState.IDLE);
        assertThat(after.outcome()).isNull();
    }

    @Test
    void pausedPrintWithAMessageWaitsForSomebody() {
        Session session = open("A");
        session.poll();
        repetier.a = ScriptedRepetier.printing(7, 50, ",\"paused\":true");
        repetier.messages = "[{\"id\":1,\"msg\":\"Change filament\",\"pause\":true}]";
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());

        assertThat(session.poll().state()).isEqualTo(PrinterState.ATTENTION);
        assertThat(repetier.received).contains("messages A");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void nextPrinterConnectsAfterTheFirstOneWasClosed() {
        Session first = open("A");
        Session second = open("B");
        first.poll();
        second.poll();

        first.close();
        Await.until("the other one is asked to poll", () -> calls.equals(List.of("B poll")));
        assertThat(isPushing(second)).isFalse();

        assertThat(second.poll().state()).isEqualTo(PrinterState.IDLE);
        assertThat(isPushing(second)).isTrue();
        Await.until("one connection is left", () -> server.openConnections() == 1);
    }

    @Test
    void printerThatIsSwitchedOffIsPolledOnce() {
        Session session = open("A");
        session.poll();
        repetier.a = "{\"slug\":\"A\",\"active\":true,\"online\":0,\"job\":\"none\"}";
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        repetier.push("printerListChanged", "", "{}");
        Await.until("a poll is requested", () -> calls.equals(List.of("A poll")));
        session.failure();
        assertThat(isPushing(session)).isFalse();
        repetier.a = ScriptedRepetier.idle("A");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        repetier.push("printerListChanged", "", "{}");
        Await.until("another poll is requested", () -> calls.equals(List.of("A poll", "A poll")));

        assertThat(session.poll().state()).isEqualTo(PrinterState.IDLE);
        assertThat(isPushing(session)).isTrue();
    }

    private Session printingSession(double done) {
        repetier.a = ScriptedRepetier.printing(7, done, "");
        Session session = open("A");
        assertThat(session.poll().state()).isEqualTo(PrinterState.PRINTING);
        return session;
    }
}
