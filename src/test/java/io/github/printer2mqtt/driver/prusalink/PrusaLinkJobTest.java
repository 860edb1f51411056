package io.github.printer2mqtt.driver.prusalink;

import static io.github.printer2mqtt.driver.prusalink.PrusaLinkAnswers.jobAnswer;
import static io.github.printer2mqtt.driver.prusalink.PrusaLinkAnswers.printing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PrusaLinkJobTest {
    private static final String STATUS = "GET /api/v1/status";
    private static final String JOB = "GET /api/v1/job";

    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    private final AtomicLong nanos = new AtomicLong();
    private final PrusaLinkDriver driver = new PrusaLinkDriver(nanos::get);

    @Test
    void requestsTheJobNameOncePerJob() {
        fixture.printer()
                .answer(STATUS, printing(1), printing(1), printing(1), printing(2))
                .answer(JOB, jobAnswer(1, "one.gcode"), jobAnswer(2, "two.gcode"));
        Session session = fixture.open(driver, Credentials.none());

        for (int i = 0; i < 3; i++) {
            assertThat(job(session.poll()).file()).isEqualTo("one.gcode");
        }
        assertThat(count(JOB)).isEqualTo(1);
        assertThat(job(session.poll()).file()).isEqualTo("two.gcode");
        assertThat(count(JOB)).isEqualTo(2);
    }

    @Test
    void requestsAMissingJobNameAgain() {
        fixture.printer().answer(STATUS, printing(1)).answer(JOB, CannedResponse.empty(204), jobAnswer(1, "one.gcode"));
        Session session = fixture.open(driver, Credentials.none());

        assertThat(job(session.poll()).file()).isNull();
        assertThat(job(session.poll()).file()).isEqualTo("one.gcode");
    }

    @Test
    void requestsTheNameOfANamelessJobThreeTimes() {
        fixture.printer()
                .answer(STATUS, printing(1), printing(1), printing(1), printing(1), printing(1), printing(2))
                .answer(JOB, CannedResponse.json(200, "{\"id\":1,\"file\":{}}"));
        Session session = fixture.open(driver, Credentials.none());

        for (int i = 0; i < 5; i++) {
            assertThat(job(session.poll()).file()).isNull();
        }
        assertThat(count(JOB)).isEqualTo(3);
        session.poll();
        assertThat(count(JOB)).as("for the next job").isEqualTo(4);
    }

    @Test
    void ignoresTheNumbersOfThePreviousPrint() {
        fixture.printer()
                .answer(
                        STATUS,
                        status("PRINTING", "\"id\":8,\"progress\":66.0,\"time_remaining\":60,\"time_printing\":500"),
                        status("STOPPED", null),
                        status("PRINTING", "\"id\":9,\"progress\":66.0,\"time_remaining\":60"),
                        status("PRINTING", "\"id\":9,\"progress\":0.0,\"time_remaining\":0"),
                        status("PRINTING", "\"id\":9,\"progress\":66.0,\"time_remaining\":60"))
                .answer(JOB, jobAnswer(8, "a.gcode"), jobAnswer(9, "b.gcode"));
        Session session = fixture.open(driver, Credentials.none());
        session.poll();
        session.poll();

        Job stale = job(session.poll());
        assertThat(stale.progress()).isNull();
        assertThat(stale.remaining()).isNull();
        Job begun = job(session.poll());
        assertThat(begun.progress()).isEqualTo(0.0);
        assertThat(begun.remaining()).as("0 is no estimate").isNull();
        Job later = job(session.poll());
        assertThat(later.progress()).isEqualTo(66.0);
        assertThat(later.remaining()).isEqualTo(60);
    }

    @Test
    void ignoresACompleteProgressAtTheStart() {
        fixture.printer()
                .answer(
                        STATUS,
                        status("PRINTING", "\"id\":9,\"progress\":100.0,\"time_remaining\":0"),
                        status("PRINTING", "\"id\":9,\"progress\":100.0,\"time_remaining\":0,\"time_printing\":4000"))
                .answer(JOB, jobAnswer(9, "b.gcode"));
        Session session = fixture.open(driver, Credentials.none());

        assertThat(job(session.poll()).progress()).isNull();
        assertThat(job(session.poll()).progress())
                .as("while the head is parked")
                .isEqualTo(100.0);
    }

    @Test
    void keepsTheProgressDuringAttention() {
        fixture.printer()
                .answer(
                        STATUS,
                        status("PRINTING", "\"id\":9,\"progress\":42.0,\"time_remaining\":700,\"time_printing\":4000"),
                        status("ATTENTION", "\"id\":9,\"progress\":0.0,\"time_printing\":4000"))
                .answer(JOB, jobAnswer(9, "b.gcode"));
        Session session = fixture.open(driver, Credentials.none());
        session.poll();

        Reading attention = session.poll();

        assertThat(attention.state()).isEqualTo(PrinterState.ATTENTION);
        assertThat(job(attention).progress()).isEqualTo(42.0);
    }

    private static CannedResponse status(String state, @Nullable String job) {
        return CannedResponse.json(
                200,
                "{\"printer\":{\"state\":\"" + state + "\"}" + (job == null ? "" : ",\"job\":{" + job + "}") + "}");
    }

    private long count(String line) {
        return fixture.printer().lines().stream().filter(line::equals).count();
    }

    private static Job job(Reading reading) {
        return Objects.requireNonNull(reading.job());
    }
}
