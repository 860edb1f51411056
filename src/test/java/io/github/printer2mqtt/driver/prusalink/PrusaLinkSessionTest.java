package io.github.printer2mqtt.driver.prusalink;

import static io.github.printer2mqtt.driver.prusalink.PrusaLinkAnswers.idle;
import static io.github.printer2mqtt.driver.prusalink.PrusaLinkAnswers.jobAnswer;
import static io.github.printer2mqtt.driver.prusalink.PrusaLinkAnswers.printing;
import static io.github.printer2mqtt.driver.prusalink.PrusaLinkAnswers.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.prusalink.DigestGuard.Form;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import io.github.printer2mqtt.text.Secret;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrusaLinkSessionTest {
    private static final String STATUS = "GET /api/v1/status";
    private static final String JOB = "GET /api/v1/job";
    private static final String VERSION = "GET /api/version";
    private static final Credentials LOGIN = Credentials.ofLogin("maker", "pass word");

    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    private final AtomicLong nanos = new AtomicLong();
    private final PrusaLinkDriver driver = new PrusaLinkDriver(nanos::get);

    @ParameterizedTest
    @EnumSource
    void reusesTheNonceOfADigest(Form form) {
        fixture.printer().answer(STATUS, new DigestGuard(form, "pass word").before(idle()));
        Session session = fixture.open(driver, LOGIN);

        session.poll();
        assertThat(statusRequests()).isEqualTo(2);
        session.poll();
        session.poll();

        assertThat(statusRequests()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void retriesOnceWithAFreshNonce(Form form) {
        DigestGuard guard = new DigestGuard(form, "pass word");
        fixture.printer().answer(STATUS, guard.before(idle()));
        Session session = fixture.open(driver, LOGIN);
        session.poll();

        guard.renewNonce("n2");
        session.poll();
        assertThat(statusRequests()).isEqualTo(4);
        session.poll();
        assertThat(statusRequests()).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource
    void reportsAWrongPasswordAfterTwoRequests(Form form) {
        fixture.printer().answer(STATUS, new DigestGuard(form, "another").before(idle()));
        Session session = fixture.open(driver, LOGIN);

        assertThat(session.failure().reason()).isEqualTo(FailureReason.AUTH);
        assertThat(statusRequests()).isEqualTo(2);
        assertThat(session.failure().detail()).contains("password").doesNotContain("pass word");
        assertThat(statusRequests()).isEqualTo(4);
        assertThat(fixture.printer().lines()).containsOnly(STATUS);
    }

    @ParameterizedTest
    @EnumSource
    void reportsAChangedPassword(Form form) {
        fixture.printer().answer(STATUS, new DigestGuard(form, "pass word").before(idle()));
        Session session = fixture.open(driver, LOGIN);
        session.poll();

        fixture.printer().answer(STATUS, new DigestGuard(form, "changed").before(idle()));

        assertThat(session.failure().reason()).isEqualTo(FailureReason.AUTH);
        assertThat(statusRequests()).isEqualTo(4);
    }

    @Test
    void doesNotBlameThePasswordIfNoNonceIsAccepted() {
        CannedResponse stale = CannedResponse.of(
                "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"Printer API\", nonce=\"x\", stale=true",
                "{}");
        fixture.printer().answer(STATUS, stale);
        Session session = fixture.open(driver, LOGIN);

        assertThat(session.failure().reason()).isEqualTo(FailureReason.UNREADABLE);
        assertThat(statusRequests()).isEqualTo(2);
    }

    @Test
    void authenticatesWithRecordedChallenges() {
        fixture.printer()
                .answer(STATUS, recorded("mk3s-pi-0.8.1-challenge"), recorded("mk3s-pi-0.8.1-printing-status"))
                .answer(JOB, recorded("mk3s-pi-0.8.1-printing-job"))
                .answer(VERSION, recorded("mk3s-pi-0.8.1-version"));

        Reading reading = fixture.open(driver, LOGIN).poll();

        assertThat(reading.state()).isEqualTo(PrinterState.PRINTING);
        assertThat(reading.model()).isEqualTo("I3MK3S");
        assertThat(job(reading).file()).isEqualTo("benchy.gcode");
        assertThat(fixture.printer().requests().get(1).header("Authorization"))
                .contains("realm=\"Administrator\"", "nc=00000001", "qop=auth", "algorithm=MD5-sess");
        assertThat(fixture.printer().connections()).as("HTTP/1.0 closes each").isEqualTo(4);
    }

    @Test
    void usesTheDefaultUserWithAPasswordAlone() {
        fixture.printer().answer(STATUS, new DigestGuard(Form.RASPBERRY_PI, "pass word").before(idle()));

        Session session = fixture.open(driver, new Credentials(null, null, Secret.of("pass word")));

        assertThat(session.poll().state()).isEqualTo(PrinterState.IDLE);
    }

    @Test
    void includesThePathPrefixInTheDigest() {
        fixture.printer().answer("GET /mk4/api/v1/status", new DigestGuard(Form.FIRMWARE, "pass word").before(idle()));

        Session session = fixture.open(driver, LOGIN, Duration.ofSeconds(5), "/mk4");

        assertThat(session.poll().state()).isEqualTo(PrinterState.IDLE);
    }

    @Test
    void sendsAnApiKeyAlone() {
        fixture.printer().answer(STATUS, idle());
        Credentials both = new Credentials(Secret.of("k3y"), "maker", Secret.of("pass word"));

        fixture.open(driver, both).poll();

        assertThat(statusRequests()).isEqualTo(1);
        assertThat(fixture.printer().requests()).allSatisfy(request -> {
            assertThat(request.header("X-Api-Key")).isEqualTo("k3y");
            assertThat(request.header("Authorization")).isNull();
            assertThat(request.header("Accept")).isEqualTo("application/json");
            assertThat(request.header("User-Agent")).isEqualTo("printer2mqtt");
            assertThat(request.target()).doesNotContain("?");
        });
    }

    @Test
    void doesNotTryADigestAfterARefusedKey() {
        fixture.printer().answer(STATUS, new DigestGuard(Form.FIRMWARE, "k3y").before(idle()));

        assertThat(fixture.open(driver, Credentials.ofApiKey("k3y")).failure().reason())
                .isEqualTo(FailureReason.AUTH);
        assertThat(statusRequests()).isEqualTo(1);
    }

    @Test
    void namesTheMissingCredentials() {
        fixture.printer().answer(STATUS, recorded("mk4-6.3-challenge"));

        assertThat(fixture.open(driver, Credentials.none()).failure().detail())
                .isEqualTo("PrusaLink requires credentials: add api_key, or username and password (HTTP 401)");
        assertThat(statusRequests()).isEqualTo(1);
    }

    @Test
    void requestsTheVersionEveryTenMinutes() {
        fixture.printer().answer(STATUS, idle()).answer(VERSION, recorded("mk3s-pi-0.8.1-version"));
        Session session = fixture.open(driver, Credentials.none());

        session.poll();
        nanos.addAndGet(Duration.ofSeconds(599).toNanos());
        assertThat(session.poll().model()).isEqualTo("I3MK3S");
        assertThat(count(VERSION)).isEqualTo(1);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        session.poll();
        assertThat(count(VERSION)).isEqualTo(2);
    }

    @Test
    void readsTheStatusDespiteHangingRequests() {
        fixture.printer()
                .answer(STATUS, printing(1))
                .answer(JOB, CannedResponse.silence())
                .answer(VERSION, CannedResponse.silence());
        Session impatient = fixture.open(new PrusaLinkDriver(), Credentials.none(), Duration.ofMillis(500), "");

        Reading reading = impatient.poll();

        assertThat(reading.state()).isEqualTo(PrinterState.PRINTING);
        assertThat(job(reading).progress()).isEqualTo(50.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Serial device does not exist",
                "RPi port is not enabled",
                "Serial number cannot be obtained",
                "Job ID cannot be obtained"
            })
    void reportsASwitchedOffPrinterBehindThePiAsDisconnected(String condition) {
        fixture.printer()
                .answer(STATUS, printing(77), condition(condition), idle())
                .answer(JOB, jobAnswer(77, "a.gcode"));
        Session session = fixture.open(driver, LOGIN);
        session.poll();

        assertThat(session.failure())
                .isEqualTo(new PollFailure(FailureReason.DISCONNECTED, "PrusaLink has no printer: " + condition));
        assertThat(session.poll().state()).isEqualTo(PrinterState.IDLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Firmware detected a hardware issue", "Device is not supported"})
    void reportsOtherErrorsAsErrors(String condition) {
        fixture.printer().answer(STATUS, condition(condition));

        Reading reading = fixture.open(driver, LOGIN).poll();

        assertThat(reading.state()).isEqualTo(PrinterState.ERROR);
        assertThat(reading.message()).isEqualTo(condition);
    }

    private long count(String line) {
        return fixture.printer().lines().stream().filter(line::equals).count();
    }

    private static Job job(Reading reading) {
        return Objects.requireNonNull(reading.job());
    }

    private static CannedResponse condition(String message) {
        return CannedResponse.json(
                200,
                "{\"printer\":{\"state\":\"ERROR\",\"status_printer\":{\"ok\":false,\"message\":\"" + message
                        + "\"}}}");
    }

    private long statusRequests() {
        return count(STATUS);
    }
}
