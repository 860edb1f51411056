package io.github.printer2mqtt.driver.prusalink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.CommandRefused;
import io.github.printer2mqtt.driver.prusalink.DigestGuard.Form;
import io.github.printer2mqtt.net.PrinterFault;
import io.github.printer2mqtt.printer.Command;
import io.github.printer2mqtt.printer.Credentials;
import io.github.printer2mqtt.printer.Heater;
import io.github.printer2mqtt.printer.Job;
import io.github.printer2mqtt.printer.MissReason;
import io.github.printer2mqtt.printer.PrinterState;
import io.github.printer2mqtt.printer.Reading;
import io.github.printer2mqtt.printer.Secret;
import io.github.printer2mqtt.testing.DriverBench;
import io.github.printer2mqtt.testing.DriverBench.Session;
import io.github.printer2mqtt.testing.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Given a PrusaLink that is asked again and again, when it guards its door or its job changes, then we follow. */
class PrusaLinkSessionTest {
    private static final String STATUS = "GET /api/v1/status";
    private static final String JOB = "GET /api/v1/job";
    private static final String VERSION = "GET /api/version";
    private static final Credentials LOGIN = Credentials.ofLogin("maker", "pass word");

    private final DriverBench bench = new DriverBench();
    private final AtomicLong nanos = new AtomicLong();
    private final PrusaLinkDriver driver = new PrusaLinkDriver(nanos::get);

    @AfterEach
    void closeBench() {
        bench.close();
    }

    @ParameterizedTest
    @EnumSource
    void aDigestIsAnsweredAndItsNonceUsedAgain(Form form) {
        bench.printer().answer(STATUS, new DigestGuard(form, "pass word").before(idle()));
        Session session = bench.open(driver, LOGIN);

        session.poll();
        assertThat(statusRequests()).isEqualTo(2);
        session.poll();
        session.poll();

        assertThat(statusRequests()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void aStaleNonceCostsOneRequestMore(Form form) {
        DigestGuard guard = new DigestGuard(form, "pass word");
        bench.printer().answer(STATUS, guard.before(idle()));
        Session session = bench.open(driver, LOGIN);
        session.poll();

        guard.renewNonce("n2");
        session.poll();
        assertThat(statusRequests()).isEqualTo(4);
        session.poll();
        assertThat(statusRequests()).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource
    void aWrongPasswordIsTwoRequestsAndAuth(Form form) {
        bench.printer().answer(STATUS, new DigestGuard(form, "another").before(idle()));
        Session session = bench.open(driver, LOGIN);

        assertThat(session.miss().reason()).isEqualTo(MissReason.AUTH);
        assertThat(statusRequests()).isEqualTo(2);
        assertThat(session.miss().detail()).contains("password").doesNotContain("pass word");
        assertThat(statusRequests()).isEqualTo(4);
        assertThat(bench.printer().lines()).containsOnly(STATUS);
    }

    @ParameterizedTest
    @EnumSource
    void aPrinterWhosePasswordWasChangedIsAuth(Form form) {
        bench.printer().answer(STATUS, new DigestGuard(form, "pass word").before(idle()));
        Session session = bench.open(driver, LOGIN);
        session.poll();

        bench.printer().answer(STATUS, new DigestGuard(form, "changed").before(idle()));

        assertThat(session.miss().reason()).isEqualTo(MissReason.AUTH);
        assertThat(statusRequests()).isEqualTo(4);
    }

    @Test
    void aPrinterThatTakesNoneOfItsNoncesIsNoWrongPassword() {
        Reply stale = Reply.of(
                "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"Printer API\", nonce=\"x\", stale=true",
                "{}");
        bench.printer().answer(STATUS, stale);
        Session session = bench.open(driver, LOGIN);

        assertThat(session.miss().reason()).isEqualTo(MissReason.UNREADABLE);
        assertThat(statusRequests()).isEqualTo(2);
    }

    @Test
    void theRecordedChallengesAreAnswered() {
        bench.printer()
                .answer(STATUS, recorded("mk3s-pi-0.8.1-challenge"), recorded("mk3s-pi-0.8.1-printing-status"))
                .answer(JOB, recorded("mk3s-pi-0.8.1-printing-job"))
                .answer(VERSION, recorded("mk3s-pi-0.8.1-version"));

        Reading reading = bench.open(driver, LOGIN).poll();

        assertThat(reading.state()).isEqualTo(PrinterState.PRINTING);
        assertThat(reading.model()).isEqualTo("I3MK3S");
        assertThat(job(reading).file()).isEqualTo("benchy.gcode");
        assertThat(bench.printer().requests().get(1).header("Authorization"))
                .contains("realm=\"Administrator\"", "nc=00000001", "qop=auth", "algorithm=MD5-sess");
        assertThat(bench.printer().connections()).as("HTTP/1.0 closes each").isEqualTo(4);
    }

    @Test
    void aPasswordAloneIsTheMakers() {
        bench.printer().answer(STATUS, new DigestGuard(Form.RASPBERRY_PI, "pass word").before(idle()));

        Session session = bench.open(driver, new Credentials(null, null, Secret.of("pass word")));

        assertThat(session.poll().state()).isEqualTo(PrinterState.IDLE);
    }

    @Test
    void theDigestCoversThePathPrefix() {
        bench.printer().answer("GET /mk4/api/v1/status", new DigestGuard(Form.FIRMWARE, "pass word").before(idle()));

        Session session = bench.open(driver, LOGIN, Duration.ofSeconds(5), "/mk4");

        assertThat(session.poll().state()).isEqualTo(PrinterState.IDLE);
    }

    @Test
    void anApiKeyIsSentAloneAndAtOnce() {
        bench.printer().answer(STATUS, idle());
        Credentials both = new Credentials(Secret.of("k3y"), "maker", Secret.of("pass word"));

        bench.open(driver, both).poll();

        assertThat(statusRequests()).isEqualTo(1);
        assertThat(bench.printer().requests()).allSatisfy(request -> {
            assertThat(request.header("X-Api-Key")).isEqualTo("k3y");
            assertThat(request.header("Authorization")).isNull();
            assertThat(request.header("Accept")).isEqualTo("application/json");
            assertThat(request.header("User-Agent")).isEqualTo("printer2mqtt");
            assertThat(request.target()).doesNotContain("?");
        });
    }

    @Test
    void aRefusedKeyIsOneRequestAndNeverADigest() {
        bench.printer().answer(STATUS, new DigestGuard(Form.FIRMWARE, "k3y").before(idle()));

        assertThat(bench.open(driver, Credentials.ofApiKey("k3y")).miss().reason())
                .isEqualTo(MissReason.AUTH);
        assertThat(statusRequests()).isEqualTo(1);
    }

    @Test
    void withoutCredentialsItSaysWhatToAdd() {
        bench.printer().answer(STATUS, recorded("mk4-6.3-challenge"));

        assertThat(bench.open(driver, Credentials.none()).miss().detail())
                .isEqualTo("PrusaLink asks for credentials: add api_key, or username and password (HTTP 401)");
        assertThat(statusRequests()).isEqualTo(1);
    }

    @Test
    void theJobIsAskedForOnceAndAgainForTheNext() {
        bench.printer()
                .answer(STATUS, printing(1), printing(1), printing(1), printing(2))
                .answer(JOB, jobAnswer(1, "one.gcode"), jobAnswer(2, "two.gcode"));
        Session session = bench.open(driver, Credentials.none());

        for (int i = 0; i < 3; i++) {
            assertThat(job(session.poll()).file()).isEqualTo("one.gcode");
        }
        assertThat(count(JOB)).isEqualTo(1);
        assertThat(job(session.poll()).file()).isEqualTo("two.gcode");
        assertThat(count(JOB)).isEqualTo(2);
    }

    @Test
    void aNameThatIsMissingIsAskedForAgain() {
        bench.printer().answer(STATUS, printing(1)).answer(JOB, Reply.empty(204), jobAnswer(1, "one.gcode"));
        Session session = bench.open(driver, Credentials.none());

        assertThat(job(session.poll()).file()).isNull();
        assertThat(job(session.poll()).file()).isEqualTo("one.gcode");
    }

    @Test
    void theVersionIsAskedForEveryTenMinutes() {
        bench.printer().answer(STATUS, idle()).answer(VERSION, recorded("mk3s-pi-0.8.1-version"));
        Session session = bench.open(driver, Credentials.none());

        session.poll();
        nanos.addAndGet(Duration.ofSeconds(599).toNanos());
        assertThat(session.poll().model()).isEqualTo("I3MK3S");
        assertThat(count(VERSION)).isEqualTo(1);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        session.poll();
        assertThat(count(VERSION)).isEqualTo(2);
    }

    @Test
    void whatHangsBesideTheStatusCostsTheReadingNothing() {
        bench.printer().answer(STATUS, printing(1)).answer(JOB, Reply.silence()).answer(VERSION, Reply.silence());
        Session hurried = bench.open(new PrusaLinkDriver(), Credentials.none(), Duration.ofMillis(500), "");

        Reading reading = hurried.poll();

        assertThat(reading.state()).isEqualTo(PrinterState.PRINTING);
        assertThat(job(reading).progress()).isEqualTo(50.0);
    }

    @Test
    void asksNothingOfThePrinterThatPrusaLinkDoesNotKnow() {
        Session session = bench.open(driver, LOGIN);
        for (Command command : List.of(
                new Command.SetTemperature(Heater.BED, 60), Command.Home.everywhere(), new Command.EmergencyStop())) {
            assertThat(driver.capabilities()).doesNotContain(command.capability());
            assertThat(((CommandRefused) session.refusal(command)).why()).isEqualTo(CommandRefused.Cause.UNSUPPORTED);
        }
        assertThat(bench.printer().lines()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void commandsAddressTheJobOfTheMoment(Form form) {
        DigestGuard guard = new DigestGuard(form, "pass word");
        bench.printer()
                .answer(JOB, guard.before(jobAnswer(77, "a.gcode")))
                .answer("PUT /api/v1/job/77/pause", guard.before(recorded("mk4-6.3-cmd-pause-204")))
                .answer("PUT /api/v1/job/77/resume", guard.before(recorded("mk3s-pi-0.8.1-cmd-pause-204")))
                .answer("DELETE /api/v1/job/77", guard.before(recorded("mk4-6.3-cmd-stop-204")));
        Session session = bench.open(driver, LOGIN);

        session.execute(new Command.Pause());
        session.execute(new Command.Resume());
        session.execute(new Command.Cancel());

        assertThat(bench.printer().lines())
                .containsExactly(
                        JOB,
                        JOB,
                        "PUT /api/v1/job/77/pause",
                        JOB,
                        "PUT /api/v1/job/77/resume",
                        JOB,
                        "DELETE /api/v1/job/77");
        assertThat(bench.printer().requests())
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
    void aRefusedCommandTellsWhy(String recording, CommandRefused.Cause cause, String words) {
        bench.printer().answer(JOB, jobAnswer(77, "a.gcode")).answer("PUT /api/v1/job/77/resume", recorded(recording));
        Session session = bench.open(driver, Credentials.ofApiKey("k3y"));

        assertThat(session.refusal(new Command.Resume()))
                .isInstanceOf(CommandRefused.class)
                .hasMessage(words)
                .extracting(failure -> ((CommandRefused) failure).why())
                .isEqualTo(cause);
        assertThat(bench.printer().requests()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"501, UNSUPPORTED", "405, UNSUPPORTED", "500, OTHER", "400, OTHER"})
    void otherRefusalsAreToldApart(int status, CommandRefused.Cause cause) {
        bench.printer().answer(JOB, jobAnswer(77, "a.gcode")).answer("DELETE /api/v1/job/77", Reply.html(status));

        assertThat(((CommandRefused) bench.open(driver, LOGIN).refusal(new Command.Cancel())).why())
                .isEqualTo(cause);
    }

    @Test
    void withoutAJobThereIsNothingToCommand() {
        bench.printer().answer(JOB, recorded("mk4-6.3-no-job"));

        assertThat(bench.open(driver, LOGIN).refusal(new Command.Pause()))
                .isInstanceOf(CommandRefused.class)
                .hasMessage("the printer has no job")
                .extracting(failure -> ((CommandRefused) failure).why())
                .isEqualTo(CommandRefused.Cause.STATE);
        assertThat(bench.printer().requests()).hasSize(1);
    }

    @Test
    void anOldPrusaLinkWithoutJobsCannotBeCommanded() {
        bench.printer().answer(JOB, recorded("mk4-6.3-not-found"));

        assertThat(((CommandRefused) bench.open(driver, LOGIN).refusal(new Command.Pause())).why())
                .isEqualTo(CommandRefused.Cause.UNSUPPORTED);
    }

    @ParameterizedTest
    @CsvSource({"403, AUTH", "503, DISCONNECTED", "502, DISCONNECTED", "200, UNREADABLE"})
    void aCommandThatReachesNoPrinterIsAFault(int status, MissReason reason) {
        bench.printer().answer(JOB, Reply.html(status));

        assertThat(bench.open(driver, LOGIN).refusal(new Command.Pause()))
                .isInstanceOf(PrinterFault.class)
                .extracting(failure -> ((PrinterFault) failure).miss().reason())
                .isEqualTo(reason);
    }

    private long statusRequests() {
        return count(STATUS);
    }

    private long count(String line) {
        return bench.printer().lines().stream().filter(line::equals).count();
    }

    private static Job job(Reading reading) {
        return Objects.requireNonNull(reading.job());
    }

    private static Reply recorded(String name) {
        return Reply.recorded("/driver/prusalink/http/" + name + ".http");
    }

    private static Reply idle() {
        return Reply.json(200, "{\"printer\":{\"state\":\"IDLE\"}}");
    }

    private static Reply printing(int id) {
        return Reply.json(200, "{\"printer\":{\"state\":\"PRINTING\"},\"job\":{\"id\":" + id + ",\"progress\":50.00}}");
    }

    private static Reply jobAnswer(int id, String file) {
        return Reply.json(200, "{\"id\":" + id + ",\"file\":{\"name\":\"X~1.GCO\",\"display_name\":\"" + file + "\"}}");
    }
}
