package io.github.printer2mqtt.driver.prusalink;

import static io.github.printer2mqtt.driver.prusalink.PrusaLinkAnswers.idle;
import static io.github.printer2mqtt.driver.prusalink.PrusaLinkAnswers.jobAnswer;
import static io.github.printer2mqtt.driver.prusalink.PrusaLinkAnswers.printing;
import static io.github.printer2mqtt.driver.prusalink.PrusaLinkAnswers.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.prusalink.DigestGuard.Form;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PrusaLinkCommandTest {
    private static final String STATUS = "GET /api/v1/status";
    private static final String JOB = "GET /api/v1/job";
    private static final Credentials LOGIN = Credentials.ofLogin("maker", "pass word");

    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    private final AtomicLong nanos = new AtomicLong();
    private final PrusaLinkDriver driver = new PrusaLinkDriver(nanos::get);

    @Test
    void rejectsUnsupportedCommandsWithoutARequest() {
        Session session = fixture.open(driver, LOGIN);
        for (PrinterCommand command : List.of(
                new Command.SetTemperature(Command.Heater.BED, 60),
                Command.Home.everywhere(),
                Command.EMERGENCY_STOP)) {
            assertThat(driver.capabilities()).doesNotContain(command.capability());
            assertThat(((CommandRefusedException) session.refusal(command)).reason())
                    .isEqualTo(CommandRefusedException.Reason.UNSUPPORTED);
        }
        assertThat(fixture.printer().lines()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void addressesTheJobInTheStatus(Form form) {
        DigestGuard guard = new DigestGuard(form, "pass word");
        fixture.printer()
                .answer(STATUS, guard.before(printing(77)))
                .answer(JOB, guard.before(jobAnswer(77, "a.gcode")))
                .answer("PUT /api/v1/job/77/pause", guard.before(recorded("mk4-6.3-cmd-pause-204")))
                .answer("PUT /api/v1/job/77/resume", guard.before(recorded("mk3s-pi-0.8.1-cmd-pause-204")))
                .answer("DELETE /api/v1/job/77", guard.before(recorded("mk4-6.3-cmd-stop-204")));
        Session session = fixture.open(driver, LOGIN);
        session.poll();
        int polled = fixture.printer().requests().size();

        session.execute(Command.PAUSE);
        session.execute(Command.RESUME);
        session.execute(Command.CANCEL);

        assertThat(fixture.printer().lines().stream().skip(polled))
                .containsExactly("PUT /api/v1/job/77/pause", "PUT /api/v1/job/77/resume", "DELETE /api/v1/job/77");
        assertThat(fixture.printer().requests())
                .filteredOn(request -> request.method().equals("PUT"))
                .allSatisfy(
                        request -> assertThat(request.header("Content-Length")).isEqualTo("0"));
    }

    @ParameterizedTest
    @CsvSource({
        "mk4-6.3-cmd-resume-409, STATE, 409: Conflict",
        "mk3s-pi-0.8.1-cmd-resume-while-printing-409, STATE, Operation you want can only be done when printer is paused.",
        "mk4-6.3-cmd-wrongjob-404, STATE, the job has just ended",
        "mk3s-pi-0.8.1-cmd-wrongjob-404, STATE, the job has just ended"
    })
    void reportsTheMessageOfARejection(String recording, CommandRefusedException.Reason reason, String message) {
        fixture.printer().answer("PUT /api/v1/job/77/resume", recorded(recording));
        Session session = whilePrinting(77);
        int polled = fixture.printer().requests().size();

        assertThat(session.refusal(Command.RESUME))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessage(message)
                .extracting(failure -> ((CommandRefusedException) failure).reason())
                .isEqualTo(reason);
        assertThat(fixture.printer().requests()).hasSize(polled + 1);
    }

    @ParameterizedTest
    @CsvSource({"501, UNSUPPORTED", "405, UNSUPPORTED", "500, OTHER", "400, OTHER"})
    void distinguishesOtherRejections(int status, CommandRefusedException.Reason reason) {
        fixture.printer().answer("DELETE /api/v1/job/77", CannedResponse.html(status));

        assertThat(((CommandRefusedException) whilePrinting(77).refusal(Command.CANCEL)).reason())
                .isEqualTo(reason);
    }

    @Test
    void rejectsCommandsWithoutAJob() {
        fixture.printer().answer(STATUS, printing(77), idle()).answer(JOB, jobAnswer(77, "a.gcode"));
        Session session = fixture.open(driver, LOGIN);
        session.poll();
        session.poll();
        int polled = fixture.printer().requests().size();

        assertThat(session.refusal(Command.PAUSE))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessage("the printer has no job")
                .extracting(failure -> ((CommandRefusedException) failure).reason())
                .isEqualTo(CommandRefusedException.Reason.STATE);
        assertThat(fixture.printer().requests()).hasSize(polled);
    }

    @ParameterizedTest
    @CsvSource({"403, AUTH", "503, DISCONNECTED", "502, UNREADABLE"})
    void failsACommandThatReachesNoPrinter(int status, FailureReason reason) {
        fixture.printer().answer("PUT /api/v1/job/77/pause", CannedResponse.html(status));

        assertThat(whilePrinting(77).refusal(Command.PAUSE))
                .isInstanceOf(PrinterException.class)
                .extracting(failure -> ((PrinterException) failure).failure().reason())
                .isEqualTo(reason);
    }

    private Session whilePrinting(int id) {
        fixture.printer().answer(STATUS, printing(id)).answer(JOB, jobAnswer(id, "a.gcode"));
        Session session = fixture.open(driver, Credentials.ofApiKey("k3y"));
        session.poll();
        return session;
    }
}
