package io.github.printer2mqtt.driver.duet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.Heater;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.Command.SetTemperature;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.net.http.Exchange;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands as G-code. */
class DuetCommandTest {
    private static final CannedResponse ACCEPTED = CannedResponse.json(200, "{\"buff\":252}");

    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    private final DuetAnswers board = new DuetAnswers(fixture.printer());
    private final AtomicLong nanos = new AtomicLong();
    private final Session session = fixture.open(new DuetDriver(nanos::get), Credentials.ofApiKey("secret"));

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of(Command.PAUSE, "M25"),
                Arguments.of(Command.RESUME, "M24"),
                Arguments.of(Command.EMERGENCY_STOP, "M112"),
                Arguments.of(new SetTemperature(Heater.NOZZLE, 215), "G10%20P0%20S215"),
                Arguments.of(new SetTemperature(Heater.BED, 62.5), "M140%20S62.5"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void sendsGcodeWithTheKeyOfItsSession(PrinterCommand command, String gcode) {
        session.poll();
        answerGcode(gcode, ACCEPTED);

        session.execute(command);

        assertThat(gcodes()).containsExactly(gcode);
        assertThat(fixture.printer()
                        .requests()
                        .get(fixture.printer().requests().size() - 1)
                        .header("X-Session-Key"))
                .isEqualTo("1");
    }

    @Test
    void pausedPrintIsCancelledAtOnce() {
        board.start();
        board.job("paused", 500);
        session.poll();
        answerGcode("M0", ACCEPTED);

        session.execute(Command.CANCEL);

        assertThat(gcodes()).containsExactly("M0");
    }

    @Test
    void movingPrintIsPausedBeforeItIsCancelled() {
        CompletableFuture<Void> cancelled = cancelMovingPrint();
        board.job("pausing", 510);
        session.poll();
        assertThat(gcodes()).containsExactly("M25");
        board.job("paused", 510);
        session.poll();

        cancelled.join();
        assertThat(gcodes()).containsExactly("M25", "M0");
    }

    @Test
    void printThatEndsBeforeItIsPausedIsNotCancelled() {
        CompletableFuture<Throwable> refusal = cancelMovingPrintInVain();
        board.idle("clip.gcode");
        session.poll();

        assertThat(refusal.join()).hasMessage("the print ended before it was paused");
        assertThat(gcodes()).containsExactly("M25");
    }

    @Test
    void printThatIsNotPausedInTimeIsNotCancelled() {
        CompletableFuture<Throwable> refusal = cancelMovingPrintInVain();
        session.poll();
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        session.poll();
        board.job("paused", 510);
        session.poll();

        assertThat(refusal.join()).hasMessageStartingWith("the print was not paused in time");
        assertThat(gcodes()).containsExactly("M25");
    }

    @Test
    void closedSessionLeavesTheOutcomeUnknown() {
        CompletableFuture<Throwable> refusal = cancelMovingPrintInVain();
        session.close();

        assertThat(refusal.join()).isInstanceOf(Exchange.AbortedException.class);
    }

    private CompletableFuture<Void> cancelMovingPrint() {
        return afterThePause(CompletableFuture.runAsync(() -> session.execute(Command.CANCEL), prepared()));
    }

    private CompletableFuture<Throwable> cancelMovingPrintInVain() {
        return afterThePause(CompletableFuture.supplyAsync(() -> session.refusal(Command.CANCEL), prepared()));
    }

    /** The print runs before the command is sent. */
    private Executor prepared() {
        board.start();
        session.poll();
        answerGcode("M25", ACCEPTED);
        answerGcode("M0", ACCEPTED);
        return ForkJoinPool.commonPool();
    }

    private <T> CompletableFuture<T> afterThePause(CompletableFuture<T> command) {
        Await.until("the pause was sent", () -> gcodes().contains("M25"));
        return command;
    }

    @Test
    void refusedCommandIsReported() {
        session.poll();
        answerGcode("M25", CannedResponse.json(200, "{\"err\":1}"));

        assertThat(session.refusal(Command.PAUSE)).isInstanceOf(CommandRefusedException.class);
    }

    @Test
    void expiredSessionIsRenewedBeforeTheCommand() {
        session.poll();
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        board.login("2");
        answerGcode("M25", ACCEPTED);

        session.execute(Command.PAUSE);

        assertThat(gcodes()).containsExactly("M25");
    }

    @Test
    void homeIsUnsupported() {
        session.poll();

        assertThat(session.refusal(Command.Home.everywhere()))
                .isInstanceOfSatisfying(
                        CommandRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(CommandRefusedException.Reason.UNSUPPORTED));
    }

    private void answerGcode(String gcode, CannedResponse response) {
        fixture.printer().answer("GET /rr_gcode?gcode=" + gcode, response);
    }

    private List<String> gcodes() {
        String path = "GET /rr_gcode?gcode=";
        return fixture.printer().lines().stream()
                .filter(line -> line.startsWith(path))
                .map(line -> line.substring(path.length()))
                .toList();
    }
}
