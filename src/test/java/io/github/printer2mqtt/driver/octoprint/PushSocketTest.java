package io.github.printer2mqtt.driver.octoprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.PushedSession;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures.Temperature;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A session over the push socket of a scripted OctoPrint, with a clock that the test moves. */
class PushSocketTest {
    private static final String STALE = "{\"reauthRequired\":{\"reason\":\"stale\"}}";

    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    private final AtomicLong nanos = new AtomicLong();
    private final ScriptedOctoPrint octoPrint = new ScriptedOctoPrint();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    private Session open() {
        return open(printers.start(octoPrint));
    }

    private Session open(PrinterServer server) {
        Session session = fixture.openAt(
                new OctoPrintDriver(nanos::get), Credentials.ofApiKey("k3y"), Duration.ofSeconds(10), server.url());
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

    private static PushedSession pushed(Session session) {
        return (PushedSession) session.session();
    }

    @Test
    void subscribesBeforeTheLogin() {
        Session session = open();

        assertThat(session.poll().state()).isEqualTo(PrinterState.IDLE);

        assertThat(octoPrint.received)
                .containsExactly(
                        "/api/job",
                        "/api/printer",
                        "/api/login",
                        "{\"throttle\":2}",
                        "subscribe",
                        "{\"auth\":\"bridge:5e551011\"}");
        assertThat(pushed(session).isPushing()).isTrue();
        assertThat(calls).isEmpty();
    }

    @Test
    void pollsAgainOnTheSameConnection() {
        PrinterServer server = printers.start(octoPrint);
        Session session = open(server);
        session.poll();
        octoPrint.received.clear();
        octoPrint.history = ScriptedOctoPrint.IDLE.replace("21.3", "99.5");

        Reading second = session.poll();

        assertThat(second.temperatures().nozzle()).isEqualTo(new Temperature(99.5, 0.0));
        assertThat(octoPrint.received).containsExactly("unsubscribe", "subscribe");
        Await.until("one connection is left", () -> server.openConnections() == 1);
    }

    @Test
    void newStatusIsAnUpdateAndOtherMessagesAreIgnored() {
        Session session = open();
        session.poll();

        octoPrint.push("{\"plugin\":{\"plugin\":\"softwareupdate\",\"data\":{\"current\":1}}}");
        octoPrint.push("{\"timelapse\":null}");
        octoPrint.push("{\"slicingProgress\":{\"progress\":1}}");
        octoPrint.push("{}");
        octoPrint.push("{\"event\":{\"type\":\"ZChange\",\"payload\":{\"new\":0.2}}}");
        octoPrint.push("{\"event\":{\"type\":\"PrinterStateChanged\",\"payload\":{\"state_string\":\"Operational\"}}}");
        octoPrint.push("{\"current\":" + ScriptedOctoPrint.IDLE.replace("21.3", "60.2") + "}");
        Await.until("an update", () -> !calls.isEmpty());

        assertThat(calls).containsExactly("update");
        assertThat(latest(session).temperatures().nozzle()).isEqualTo(new Temperature(60.2, 0.0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\":{\"type\":\"PrinterStateChanged\",\"payload\":{\"state_string\":\"Printing\"}}}",
                "{\"event\":{\"type\":\"PrinterStateChanged\"}}",
                "{\"event\":{\"type\":\"PrinterProfileModified\",\"payload\":{\"identifier\":\"_default\"}}}"
            })
    void newsIsPolledForAtOnce(String event) {
        Session session = open();
        session.poll();

        octoPrint.push(event);

        Await.until("a poll is requested", () -> calls.equals(List.of("poll")));
    }

    @Test
    void historyOfHoursIsRead() {
        octoPrint.history = ScriptedOctoPrint.IDLE.replace(
                "\"temps\":[", "\"temps\":[" + (ScriptedOctoPrint.point(18.0) + ",").repeat(6000));

        Reading reading = open().poll();

        assertThat(reading.temperatures().nozzle()).isEqualTo(new Temperature(21.3, 0.0));
    }

    @Test
    void heatersOfThePrinterThatWasConnectedLaterAreRequested() {
        octoPrint.job = "{\"state\":\"Offline\"}";
        octoPrint.history = ScriptedOctoPrint.OFFLINE;
        Session session = open();
        assertThat(session.failure().reason()).isEqualTo(FailureReason.DISCONNECTED);
        assertThat(pushed(session).isPushing()).isFalse();

        octoPrint.job = "{\"state\":\"Operational\"}";
        octoPrint.heaters = ScriptedOctoPrint.HEATERS;
        octoPrint.history = ScriptedOctoPrint.IDLE;
        octoPrint.push("{\"current\":" + ScriptedOctoPrint.IDLE + "}");
        Await.until("a poll is requested", () -> calls.equals(List.of("poll")));
        octoPrint.received.clear();
        Reading reading = session.poll();

        assertThat(octoPrint.received).containsExactly("/api/job", "/api/printer", "unsubscribe", "subscribe");
        assertThat(reading.temperatures().bed()).isNull();
        assertThat(reading.missing()).containsExactly(Capability.BED_TEMPERATURE);
        octoPrint.push("{\"current\":" + ScriptedOctoPrint.OFFLINE + "}");
        Await.until("another poll is requested", () -> calls.equals(List.of("poll", "poll")));
        assertThat(pushed(session).isPushing()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {STALE, "{\"connected\":{\"version\":\"1.11.8\"}}"})
    void endedLoginIsRenewedOnTheSameConnection(String message) {
        PrinterServer server = printers.start(octoPrint);
        Session session = open(server);
        session.poll();
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        octoPrint.received.clear();

        octoPrint.push(message);
        Await.until("a poll is requested", () -> calls.equals(List.of("poll")));
        assertThat(pushed(session).isPushing()).isFalse();
        session.poll();

        List<String> renewed = List.of(
                "/api/job", "/api/printer", "/api/login", "{\"auth\":\"bridge:5e551011\"}", "unsubscribe", "subscribe");
        // The login alone brings the status, before the server has read what was sent after it.
        Await.until("everything has arrived", () -> octoPrint.received.equals(renewed));
        assertThat(pushed(session).isPushing()).isTrue();
        Await.until("one connection is left", () -> server.openConnections() == 1);
    }

    @Test
    void loginThatEndsAtOnceClosesTheConnection() {
        PrinterServer server = printers.start(octoPrint);
        Session session = open(server);
        session.poll();

        octoPrint.push(STALE);

        Await.until("the session is lost", () -> calls.equals(List.of("lost")));
        Await.until("the connection is closed", () -> server.openConnections() == 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | {} | OctoPrint answers it with HTTP 404",
                "200 | {\"name\":\"bridge\"} | OctoPrint answers it with HTTP 200 and no session",
                "200 | no JSON | OctoPrint answers it with HTTP 200"
            })
    void withoutALoginThePrinterIsPolled(int status, String body, String reason) {
        octoPrint.loginStatus = status;
        octoPrint.login = body;
        Session session = open();

        assertThat(session.poll().state()).isEqualTo(PrinterState.IDLE);

        assertThat(pushed(session).isPushing()).isFalse();
        assertThat(pushed(session).fallback()).isEqualTo("the web socket is of no use without a login: " + reason);
    }

    @Test
    void loginThatIsNotAcceptedIsNotRepeated() {
        octoPrint.answerToLogin = STALE;
        Session session = open();

        assertThat(session.poll().state()).isEqualTo(PrinterState.IDLE);
        session.poll();

        assertThat(pushed(session).fallback()).endsWith("OctoPrint does not accept it");
        assertThat(octoPrint.received).containsOnlyOnce("/api/login");
        octoPrint.answerToLogin = null;
        nanos.addAndGet(Duration.ofSeconds(31).toNanos());
        session.poll();
        assertThat(pushed(session).fallback()).isNull();
        assertThat(pushed(session).isPushing()).isTrue();
    }

    private static Reading latest(Session session) {
        return Await.done(Future.future(promise ->
                session.context().runOnContext(now -> pushed(session).latest().onComplete(promise))));
    }
}
