package io.github.printer2mqtt.driver.bambu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.PushedSession;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.simulator.bambu.BambuSimulator.Cut;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import io.github.printer2mqtt.testing.SimulatedBambu;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Given a simulated printer with TLS, what a session does on the wire. */
@Timeout(60)
class BambuSessionTest {
    @SuppressWarnings("NullAway.Init") // before each test
    private BambuFixture fixture;

    @SuppressWarnings("NullAway.Init") // before each test
    private SimulatedBambu printer;

    @BeforeEach
    void start() {
        fixture = new BambuFixture();
        printer = fixture.printer;
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void readsTheWholeStatusOverOneConnection() {
        Session session = fixture.open();

        Reading reading = session.poll();

        assertThat(reading.state()).isEqualTo(PrinterState.IDLE);
        assertThat(reading.model()).isEqualTo("P1S");
        assertThat(reading.details().light()).isTrue();
        session.poll();
        session.poll();
        assertThat(printer.logins()).isEqualTo(1);
        assertThat(printer.requested("pushall")).isEqualTo(1);
    }

    @Test
    void changesAreMergedAndReported() {
        Session session = fixture.open();
        session.poll();
        int before = fixture.updates.get();

        printer.report("gcode_state", "RUNNING", "subtask_name", "clip", "mc_percent", 12, "total_layer_num", 90);

        Await.until("the printer and the session get so far", () -> fixture.updates.get() > before);
        Reading reading = latest(session);
        assertThat(reading.state()).isEqualTo(PrinterState.PRINTING);
        assertThat(reading.temperatures().nozzle())
                .satisfies(nozzle -> assertThat(nozzle.actual()).isEqualTo(24.5));
    }

    @Test
    void changesBeforeTheWholeStatusGiveNoReading() {
        printer.setAnswersPushAll(false);
        Session session = fixture.open(BambuFixture.LOGIN, null, Duration.ofMillis(500));

        assertThat(session.failure().reason()).isEqualTo(FailureReason.TIMEOUT);
        printer.report("gcode_state", "RUNNING");
        assertThat(session.failure().reason()).isEqualTo(FailureReason.TIMEOUT);
        assertThat(printer.logins()).isEqualTo(1);
    }

    @Test
    void wrongCodeIsRefused() {
        printer.setCode("87654321");

        PollFailure failure = fixture.open().failure();

        assertThat(failure.reason()).isEqualTo(FailureReason.AUTH);
        assertThat(String.valueOf(failure.detail())).doesNotContain(SimulatedBambu.CODE);
    }

    @Test
    void missingSerialNumberIsSaidWithoutConnecting() {
        Session session = fixture.open(Credentials.ofApiKey(SimulatedBambu.CODE), null, Duration.ofSeconds(5));

        assertThat(session.failure().reason()).isEqualTo(FailureReason.AUTH);
        assertThat(printer.connections()).isZero();
    }

    @Test
    void connectionClosedAtTheSubscriptionIsAWrongCode() {
        printer.setCut(Cut.AT_SUBSCRIBE);

        assertThat(fixture.open().failure().reason()).isEqualTo(FailureReason.AUTH);
    }

    @ParameterizedTest
    @EnumSource(
            value = Cut.class,
            names = {"AT_CONNECT", "AT_PUSHALL"})
    void cutWhileConnectingIsAFailureAndTheNextPollTriesAgain(Cut cut) {
        printer.setCut(cut);
        Session session = fixture.open();
        assertThat(session.failure().reason()).isEqualTo(FailureReason.UNREADABLE);

        printer.setCut(Cut.NOWHERE);

        assertThat(session.poll().state()).isEqualTo(PrinterState.IDLE);
        assertThat(fixture.losses.get()).isZero();
    }

    @Test
    void lostConnectionIsReportedAndOpenedAgainWithAWholeStatus() {
        Session session = fixture.open();
        session.poll();

        printer.dropConnections();

        Await.until("the printer and the session get so far", () -> fixture.losses.get() == 1);
        printer.change("gcode_state", "FINISH", "subtask_name", "clip");
        assertThat(session.poll().state()).isEqualTo(PrinterState.FINISHED);
        assertThat(printer.requested("pushall")).isEqualTo(2);
    }

    @Test
    void silenceIsAnsweredInSteps() {
        Session session = fixture.open();
        session.poll();

        fixture.advance(Duration.ofSeconds(31));
        session.poll();
        session.poll();
        Await.until("the printer and the session get so far", () -> printer.requested("start") == 1);
        printer.setAnswersPushAll(false);
        fixture.advance(Duration.ofSeconds(30));
        session.poll();
        Await.until("the printer and the session get so far", () -> printer.requested("pushall") == 2);
        assertThat(fixture.losses.get()).isZero();
        fixture.advance(Duration.ofSeconds(15));

        assertThat(session.failure()).satisfies(failure -> {
            assertThat(failure.reason()).isEqualTo(FailureReason.TIMEOUT);
            assertThat(failure.detail()).contains("75 s");
        });
        assertThat(fixture.losses.get()).isEqualTo(1);
        printer.setAnswersPushAll(true);
        assertThat(session.poll().state()).isEqualTo(PrinterState.IDLE);
        assertThat(printer.logins()).isEqualTo(2);
    }

    @Test
    void reportEndsTheSilence() {
        Session session = fixture.open();
        session.poll();
        fixture.advance(Duration.ofSeconds(29));
        int before = fixture.updates.get();

        printer.report("bed_temper", 30);
        Await.until("the printer and the session get so far", () -> fixture.updates.get() > before);
        fixture.advance(Duration.ofSeconds(29));
        session.poll();

        assertThat(printer.requested("start")).isZero();
    }

    @Test
    void secondRegistrationOfASerialNumberGetsNoConnection() {
        Session first = fixture.open();
        first.poll();

        assertThat(fixture.open().failure().reason()).isEqualTo(FailureReason.BUSY);
        assertThat(printer.connections()).isEqualTo(1);
        first.close();
        assertThat(fixture.open().poll().state()).isEqualTo(PrinterState.IDLE);
    }

    @Test
    void invalidReportsChangeNothing() {
        Session session = fixture.open();
        session.poll();

        printer.send("{\"print\":");
        printer.send("[1,2]");
        printer.send("{\"print\":[],\"info\":7,\"system\":\"x\"}");
        printer.send(
                "{\"print\":{\"command\":\"push_status\",\"ams\":3,\"hms\":{\"a\":1},\"device\":[],\"stg_cur\":\"x\"}}");
        int before = fixture.updates.get();
        printer.report("bed_temper", 31);

        Await.until("the printer and the session get so far", () -> fixture.updates.get() > before);
        assertThat(latest(session).state()).isEqualTo(PrinterState.IDLE);
        assertThat(fixture.losses.get()).isZero();
    }

    @Test
    void messageOfMoreThanAMegabyteEndsTheConnection() {
        Session session = fixture.open();
        session.poll();

        // PUBLISH with a remaining length of 256 MB.
        printer.sendBytes(Buffer.buffer(new byte[] {0x30, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 0, 1, 'a'}));

        Await.until("the printer and the session get so far", () -> fixture.losses.get() == 1);
        assertThat(session.poll().state()).isEqualTo(PrinterState.IDLE);
    }

    /** Read more slowly, but completely. */
    @Test
    void burstOfReportsLosesNothing() {
        Session session = fixture.open();
        session.poll();

        for (int i = 0; i < 400; i++) {
            printer.report("mc_percent", i % 100);
        }
        printer.report("bed_temper", 77);

        Await.until("the last report arrives", () -> isBed(latest(session), 77));
        assertThat(fixture.losses.get()).isZero();
    }

    private static boolean isBed(Reading reading, double celsius) {
        Temperatures.Temperature bed = reading.temperatures().bed();
        return bed != null && bed.actual() != null && bed.actual() == celsius;
    }

    private static Reading latest(Session session) {
        return Await.done(((PushedSession) session.session()).latest());
    }
}
