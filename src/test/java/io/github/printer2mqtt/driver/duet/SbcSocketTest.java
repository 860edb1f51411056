package io.github.printer2mqtt.driver.duet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.PushedSession;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
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
import org.junit.jupiter.params.provider.ValueSource;

/** A session over the web socket of a scripted DuetSoftwareFramework, with a clock that the test moves. */
class SbcSocketTest {
    private static final String LOGIN = "GET /machine/connect?password=secret";
    private static final String OPEN = "open /machine?sessionKey=abc";
    private static final String PROCESSING =
            "{\"state\":{\"status\":\"processing\"},\"job\":{\"duration\":9,\"file\":{\"fileName\":\"0:/gcodes/a.g\"}}}";

    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    private final AtomicLong nanos = new AtomicLong();
    private final ScriptedSbc sbc = new ScriptedSbc();
    private final PrinterServer server = printers.start(sbc);
    private final List<String> calls = new CopyOnWriteArrayList<>();

    private Session open(Credentials credentials) {
        Session session = fixture.openAt(new DuetDriver(nanos::get), credentials, Duration.ofSeconds(5), server.url());
        pushed(session).listen(new PushedSession.Listener() {
            @Override
            public void onUpdate() {
                calls.add("update");
            }

            @Override
            public void onPollNeeded() {
                calls.add("poll");
            }

            @Override
            public void onLost() {
                calls.add("lost");
            }
        });
        return session;
    }

    private Session open() {
        return open(Credentials.ofApiKey("secret"));
    }

    /** After the first reading and its acknowledgement. */
    private Session connected() {
        Session session = open();
        session.poll();
        Await.until("the acknowledgement", () -> sbc.received.contains("OK"));
        sbc.received.clear();
        return session;
    }

    private void awaitReceived(String... expected) {
        Await.until(List.of(expected) + " is received", () -> sbc.received.equals(List.of(expected)));
    }

    private static PushedSession pushed(Session session) {
        return (PushedSession) session.session();
    }

    @Test
    void logsInAndNamesTheSessionInTheQueryOfTheWebSocket() {
        Session session = open();
        assertThat(pushed(session).hasPush()).as("not known yet").isFalse();

        Reading reading = session.poll();

        assertThat(reading.state()).isEqualTo(PrinterState.IDLE);
        awaitReceived("GET /rr_connect?password=secret&sessionKey=yes", LOGIN, OPEN, "OK");
        assertThat(pushed(session).isPushing()).isTrue();
        assertThat(pushed(session).hasPush()).isTrue();
        Await.until("the connection of the login is closed", () -> server.openConnections() == 1);
    }

    @Test
    void boardWithoutAPasswordNeedsNoLogin() {
        open(Credentials.none()).poll();

        awaitReceived("GET /rr_connect?password=reprap&sessionKey=yes", "open /machine", "OK");
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void nextChangeMayComeOnlyAfterTheLastOneWasRead() {
        Session session = connected();

        sbc.push("{\"heat\":{\"heaters\":[{\"current\":60.5}]}}");
        Await.until("an update", () -> calls.equals(List.of("update")));
        assertThat(sbc.received).isEmpty();

        assertThat(session.latest().temperatures().nozzles().get(0).actual()).isEqualTo(60.5);
        session.latest();
        session.poll();
        assertThat(sbc.received).containsExactly("OK", "PING");
    }

    @Test
    void modelIsReadFromItsSourceAfterSilence() {
        Session session = connected();
        sbc.whole = ScriptedSbc.IDLE.replace("21.5", "35.5");

        assertThat(session.poll().temperatures().nozzles().get(0).actual()).isEqualTo(21.5);
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(session.poll().temperatures().nozzles().get(0).actual()).isEqualTo(35.5);

        assertThat(sbc.received).containsExactly("PING", "PING", "GET /machine/status abc");
    }

    @Test
    void webSocketThatAnswersNoPingIsLost() {
        Session session = connected();
        sbc.answersPings = false;

        assertThat(session.failure().reason()).isEqualTo(FailureReason.TIMEOUT);

        assertThat(calls).containsExactly("lost");
        Await.until("the web socket is closed", () -> server.openConnections() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "disconnected"})
    void boardThatIsGoneIsPolledUntilItIsBack(String status) {
        Session session = connected();

        sbc.push("{\"state\":{\"status\":\"" + status + "\"}}");
        Await.until("a poll is requested", () -> calls.equals(List.of("poll")));
        assertThat(pushed(session).isPushing()).isFalse();
        assertThat(session.failure().reason()).isEqualTo(FailureReason.DISCONNECTED);
        sbc.push("{\"state\":{\"upTime\":9}}");
        awaitReceived("PING", "OK", "OK"); // also of a change that nobody reads
        sbc.push("{\"state\":{\"status\":\"idle\"}}");
        Await.until("another poll is requested", () -> calls.equals(List.of("poll", "poll")));

        assertThat(session.poll().state()).isEqualTo(PrinterState.IDLE);
        assertThat(pushed(session).isPushing()).isTrue();
        Await.until("one connection is left", () -> server.openConnections() == 1);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"true, CANCELLED", "false, FINISHED"})
    void resultIsThatOfTheFlagsTwoSecondsAfterTheEnd(boolean isCancelled, JobResult expected) {
        Session session = connected();
        change(session, PROCESSING);
        change(
                session,
                "{\"state\":{\"status\":\"idle\"},\"job\":{\"duration\":null,\"lastFileName\":\"0:/gcodes/a.g\"}}");
        assertThat(session.latest().state())
                .as("the flags are of the print before")
                .isEqualTo(PrinterState.BUSY);
        change(session, "{\"job\":{\"lastFileAborted\":false,\"lastFileCancelled\":" + isCancelled + "}}");
        assertThat(session.latest().state()).isEqualTo(PrinterState.BUSY);
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());

        Reading end = session.latest();

        assertThat(end.state()).isEqualTo(PrinterState.IDLE);
        assertThat(end.outcome()).isEqualTo(expected);
        assertThat(session.latest().outcome()).as("stated once").isNull();
    }

    @Test
    void endThatWasNotSeenProvesNothing() {
        Session session = connected();
        change(session, PROCESSING);
        Await.done(server.behave(Behaviour.refusing()));
        Await.until("the loss", () -> calls.contains("lost"));
        Await.done(server.behave(Behaviour.healthy()));

        assertThat(session.poll().outcome()).isNull();
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        Reading later = session.poll();
        assertThat(later.state()).isEqualTo(PrinterState.IDLE);
        assertThat(later.outcome()).isNull();
        assertThat(sbc.received.stream().filter(LOGIN::equals))
                .as("another session")
                .hasSize(1);
    }

    private void change(Session session, String change) {
        calls.clear();
        sbc.push(change);
        Await.until("an update", () -> calls.contains("update"));
        session.latest();
    }

    @Test
    void commandUsesTheSessionThatTheWebSocketKeeps() {
        Session session = connected();
        nanos.addAndGet(Duration.ofSeconds(20).toNanos());
        change(session, "{\"state\":{\"upTime\":27}}");
        Await.until("the acknowledgement", () -> sbc.received.contains("OK"));
        sbc.received.clear();

        session.execute(Command.RESUME);

        assertThat(sbc.received).containsExactly("POST /machine/code?async=true abc");
    }

    @Test
    void passwordThatWasChangedMeanwhileIsRefused() {
        Session session = connected();
        Await.done(server.behave(Behaviour.refusing()));
        Await.until("the loss", () -> calls.contains("lost"));
        Await.done(server.behave(Behaviour.healthy()));
        sbc.loginStatus = 403;

        assertThat(session.failure().reason()).isEqualTo(FailureReason.AUTH);
        assertThat(pushed(session).fallback()).isNull();
    }
}
