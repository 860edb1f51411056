package io.github.printer2mqtt.driver.duet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What proves how a print ended, although the firmware only becomes idle. */
class DuetPrintTest {
    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    private final DuetAnswers board = new DuetAnswers(fixture.printer());

    private Session open() {
        Session session = fixture.open(new DuetDriver(), Credentials.ofApiKey("secret"));
        session.poll();
        board.start();
        session.poll();
        return session;
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "processing, 1000, FINISHED",
                "processing, 960, FINISHED",
                "resuming, 990, FINISHED",
                "processing, 600, none", // stopped by a macro or a G-code
                "pausing, 600, CANCELLED",
                "paused, 1000, CANCELLED",
                "cancelling, 600, CANCELLED",
            })
    void lastStatusBeforeIdleDecides(String status, int position, JobResult expected) {
        Session session = open();
        board.job(status, position);
        session.poll();
        board.idle("clip.gcode");

        Reading end = session.poll();

        assertThat(end.state()).isEqualTo(PrinterState.IDLE);
        assertThat(end.outcome()).isEqualTo(expected);
        assertThat(end.job()).isNull();
        assertThat(session.poll().outcome()).as("stated once").isNull();
    }

    @Test
    void macroAtTheEndChangesNothing() {
        Session session = open();
        board.job("processing", 1000);
        session.poll();
        board.live("busy", "active", 1000, "null");
        assertThat(session.poll().state()).isEqualTo(PrinterState.BUSY);
        board.idle("clip.gcode");

        assertThat(session.poll().outcome()).isEqualTo(JobResult.FINISHED);
    }

    @Test
    void dialogAtTheEndDelaysTheResult() {
        Session session = open();
        board.job("processing", 1000);
        session.poll();
        board.idleWithDialog("clip.gcode");
        assertThat(session.poll().state()).isEqualTo(PrinterState.ATTENTION);
        assertThat(session.poll().outcome()).isNull();
        board.idle("clip.gcode");

        assertThat(session.poll().outcome()).isEqualTo(JobResult.FINISHED);
    }

    @Test
    void restartProvesNothing() {
        Session session = open();
        board.job("processing", 1000);
        session.poll();
        board.restart();
        board.idle(null);

        assertThat(session.poll().outcome()).isNull();
    }

    @Test
    void otherFileProvesNothing() {
        Session session = open();
        board.job("processing", 1000);
        session.poll();
        board.idle("other.gcode");

        assertThat(session.poll().outcome()).isNull();
    }

    @Test
    void whatEndedWhileTheBoardWasUnreadableProvesNothing() {
        Session session = open();
        board.job("processing", 1000);
        session.poll();
        fixture.printer().answer(DuetAnswers.LIVE, CannedResponse.empty(503));
        session.failure();
        board.idle("clip.gcode");

        assertThat(session.poll().outcome()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "false, false, false, FINISHED",
                "true, false, false, CANCELLED",
                "false, true, false, FAILED",
                "false, false, true, none",
            })
    void boardWithAnSbcStatesTheResultTwoSecondsAfterTheEnd(
            boolean cancelled, boolean aborted, boolean simulated, JobResult expected) {
        fixture.printer()
                .answer(DuetAnswers.LOGIN, CannedResponse.json(200, "{\"err\":0,\"apiLevel\":1,\"isEmulated\":true}"))
                .answer("GET /machine/connect?password=secret", CannedResponse.json(200, "{\"sessionKey\":\"abc\"}"));
        AtomicLong nanos = new AtomicLong();
        Session session = fixture.open(new DuetDriver(nanos::get), Credentials.ofApiKey("secret"));
        sbc("processing", "\"duration\":50,\"file\":{\"fileName\":\"0:/gcodes/clip.gcode\"}", true, true, false);
        assertThat(session.poll().state()).isEqualTo(PrinterState.PRINTING);
        sbc("idle", "\"duration\":null,\"lastFileName\":\"0:/gcodes/clip.gcode\"", true, true, false);
        assertThat(session.poll().state()).as("flags of the print before").isEqualTo(PrinterState.BUSY);
        sbc("idle", "\"duration\":null,\"lastFileName\":\"0:/gcodes/clip.gcode\"", cancelled, aborted, simulated);
        nanos.addAndGet(Duration.ofMillis(1900).toNanos());
        assertThat(session.poll().state()).as("the flags may follow").isEqualTo(PrinterState.BUSY);
        nanos.addAndGet(Duration.ofMillis(100).toNanos());
        Reading end = session.poll();

        assertThat(end.state()).isEqualTo(PrinterState.IDLE);
        assertThat(end.outcome()).isEqualTo(expected);
        assertThat(session.poll().outcome()).isNull();
    }

    private void sbc(String status, String job, boolean cancelled, boolean aborted, boolean simulated) {
        fixture.printer()
                .answer(
                        "GET /machine/status",
                        CannedResponse.json(
                                200,
                                "{\"state\":{\"status\":\"" + status + "\"},\"job\":{" + job + ",\"lastFileCancelled\":"
                                        + cancelled + ",\"lastFileAborted\":" + aborted + ",\"lastFileSimulated\":"
                                        + simulated + "}}"));
    }
}
