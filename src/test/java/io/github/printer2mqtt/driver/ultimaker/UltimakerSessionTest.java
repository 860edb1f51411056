package io.github.printer2mqtt.driver.ultimaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import io.github.printer2mqtt.testing.ReplayPrinter.Request;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which requests an UltiMaker gets, and what happens if it answers late or not at all. */
class UltimakerSessionTest {
    private static final String PRINTER = "GET /api/v1/printer";
    private static final String JOB = "GET /api/v1/print_job";
    private static final String SYSTEM = "GET /api/v1/system";
    private static final String STATE = "PUT /api/v1/print_job/state";
    private static final CannedResponse PAUSED =
            CannedResponse.json(200, "{\"state\":\"paused\",\"uuid\":\"a\",\"progress\":0.5}");
    private static final CannedResponse CHALLENGE = CannedResponse.of(
            "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"Jedi-API\", nonce=\"0123\", qop=\"auth\"",
            "{\"message\":\"Authorization required.\"}");

    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    private final AtomicLong nanos = new AtomicLong();
    private final UltimakerDriver driver = new UltimakerDriver(nanos::get);
    private final Session session = fixture.open(driver, Credentials.ofLogin("id", "key"));

    UltimakerSessionTest() {
        fixture.printer()
                .answer(PRINTER, CannedResponse.json(200, "{\"status\":\"printing\"}"))
                .answer(JOB, PAUSED)
                .answer(SYSTEM, CannedResponse.json(200, "{\"variant\":\"Ultimaker S5\"}"));
    }

    @Test
    void readsPrinterAndJobAndNowAndThenTheSystem() {
        assertThat(session.poll().model()).isEqualTo("Ultimaker S5");
        session.poll();
        assertThat(fixture.printer().lines()).containsExactly(PRINTER, JOB, SYSTEM, PRINTER, JOB);
        nanos.addAndGet(Duration.ofMinutes(11).toNanos());
        session.poll();

        assertThat(fixture.printer().lines()).endsWith(PRINTER, JOB, SYSTEM);
        assertThat(fixture.printer().connections()).isEqualTo(1);
        assertThat(fixture.printer().requests())
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).isNull());
    }

    @Test
    void lateDescriptionOfThePrintIsReplacedByThePreviousOneTwice() {
        session.poll();
        fixture.printer().answer(JOB, CannedResponse.html(503));

        assertThat(session.poll().state()).isEqualTo(PrinterState.PAUSED);
        assertThat(session.poll().state()).isEqualTo(PrinterState.PAUSED);
        assertThat(session.failure().reason()).isEqualTo(FailureReason.UNREADABLE);
        fixture.printer().answer(JOB, PAUSED);
        assertThat(session.poll().state()).isEqualTo(PrinterState.PAUSED);
    }

    @Test
    void silentDescriptionOfThePrintIsATimeout() {
        fixture.printer().answer(JOB, CannedResponse.silence());
        Session impatient = fixture.open(driver, Credentials.none(), Duration.ofMillis(300), "");

        assertThat(impatient.failure().reason()).isEqualTo(FailureReason.TIMEOUT);
    }

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of(Command.PAUSE, "pause"),
                Arguments.of(Command.RESUME, "print"),
                Arguments.of(Command.CANCEL, "abort"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandAnswersTheChallengeOfThePrinter(PrinterCommand command, String target) {
        fixture.printer().answer(STATE, CHALLENGE, CannedResponse.empty(204));

        session.execute(command);

        List<Request> sent = fixture.printer().requests();
        assertThat(sent).hasSize(2).allSatisfy(request -> {
            assertThat(request.line()).isEqualTo(STATE);
            assertThat(request.body()).isEqualTo("{\"target\":\"" + target + "\"}");
        });
        assertThat(sent.get(0).header("Authorization")).isNull();
        assertThat(sent.get(1).header("Authorization"))
                .startsWith(
                        "Digest username=\"id\", realm=\"Jedi-API\", nonce=\"0123\", uri=\"/api/v1/print_job/state\"")
                .contains("nc=00000001, qop=auth");
    }

    @Test
    void refusedPairingIsReportedAsSuch() {
        fixture.printer().answer(STATE, CHALLENGE);

        assertThat(session.refusal(Command.PAUSE))
                .isInstanceOfSatisfying(
                        PrinterException.class,
                        refused -> assertThat(refused.failure().reason()).isEqualTo(FailureReason.AUTH));
        assertThat(fixture.printer().requests()).hasSize(2);
    }

    @Test
    void busyPrinterForbidsTheCommand() {
        fixture.printer().answer(STATE, CHALLENGE, CannedResponse.json(405, "{\"message\":\"busy\"}"));

        assertThat(session.refusal(Command.PAUSE))
                .isInstanceOfSatisfying(
                        CommandRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(CommandRefusedException.Reason.STATE));
    }

    @Test
    void nothingIsSentWithoutAPairing() {
        Session open = fixture.open(driver, Credentials.none());

        assertThat(open.refusal(Command.PAUSE)).isInstanceOf(CommandRefusedException.class);
        assertThat(fixture.printer().requests()).isEmpty();
    }

    @Test
    void othersAreUnsupported() {
        assertThat(session.refusal(Command.EMERGENCY_STOP))
                .isInstanceOfSatisfying(
                        CommandRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(CommandRefusedException.Reason.UNSUPPORTED));
    }
}
