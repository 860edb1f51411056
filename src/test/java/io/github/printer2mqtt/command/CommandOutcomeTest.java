package io.github.printer2mqtt.command;

import static io.github.printer2mqtt.testing.Await.failure;
import static io.github.printer2mqtt.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.command.CommandException.Code;
import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.net.http.Exchange;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.EnumSet;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The response to a command that failed after it was accepted. */
class CommandOutcomeTest {
    private static final PrinterId MK4 = CommandScenario.MK4;
    private static final Command PAUSE = Command.PAUSE;

    private final CommandScenario scenario = new CommandScenario();
    private final RecordingMonitoring monitoring = scenario.monitoring;
    private final DefaultCommandService commands = scenario.commands;

    @ParameterizedTest
    @CsvSource({"STATE, STATE_CONFLICT", "UNSUPPORTED, UNSUPPORTED", "OTHER, REFUSED_BY_PRINTER"})
    void passesOnTheRefusalOfThePrinter(CommandRefusedException.Reason reason, Code code) {
        scenario.printerPrints();
        monitoring.result = Future.failedFuture(new CommandRefusedException(reason, "not now"));
        assertThat(scenario.assertRefused(PAUSE, code)).hasMessage("printer mk4 refused: not now");
        assertThat(monitoring.polledEarly).containsExactly(MK4);
    }

    @ParameterizedTest
    @CsvSource({
        "TIMEOUT, TIMEOUT",
        "REFUSED, OUTCOME_UNKNOWN",
        "UNREACHABLE, OUTCOME_UNKNOWN",
        "DNS, OUTCOME_UNKNOWN",
        "TLS, OUTCOME_UNKNOWN",
        "DISCONNECTED, PRINTER_OFFLINE",
        "DISABLED, PRINTER_OFFLINE",
        "AUTH, REFUSED_BY_PRINTER",
        "BUSY, REFUSED_BY_PRINTER",
        "UNREADABLE, OUTCOME_UNKNOWN",
        "TOO_LARGE, OUTCOME_UNKNOWN",
        "REDIRECTED, REFUSED_BY_PRINTER"
    })
    void failureAfterSendingLeavesTheOutcomeUnknown(FailureReason reason, Code code) {
        scenario.printerPrints();
        monitoring.result = Future.failedFuture(new PrinterException(reason, null));
        scenario.assertRefused(PAUSE, code);
        assertThat(monitoring.executed).as("never retried").hasSize(1);
        assertThat(monitoring.polledEarly).containsExactly(MK4);
    }

    @ParameterizedTest
    @EnumSource
    void failureBeforeSendingMeansNotReached(FailureReason reason) {
        scenario.printerPrints();
        monitoring.result = Future.failedFuture(new PrinterException(reason, null).with(Delivery.NOT_SENT));
        Code code = reason == FailureReason.TIMEOUT ? Code.TIMEOUT : Code.PRINTER_OFFLINE;
        assertThat(scenario.assertRefused(PAUSE, code).getMessage())
                .startsWith("printer mk4 could not be ")
                .doesNotContain("may");
    }

    @Test
    void abortedCommandIsUnknownOnlyIfSent() {
        scenario.printerPrints();
        monitoring.result = Future.failedFuture(new Exchange.AbortedException(Delivery.POSSIBLE));
        scenario.assertRefused(PAUSE, Code.OUTCOME_UNKNOWN);
        monitoring.result = Future.failedFuture(new Exchange.AbortedException(Delivery.NOT_SENT));
        scenario.assertRefused(PAUSE, Code.PRINTER_OFFLINE);
    }

    @Test
    void distinguishesRemovedPrinterFromInternalFault() {
        scenario.printerPrints();
        monitoring.result = Future.failedFuture(new NoSuchElementException("gone"));
        scenario.assertRefused(PAUSE, Code.PRINTER_NOT_FOUND);
        IllegalStateException ours = new IllegalStateException("a fault of ours");
        monitoring.result = Future.failedFuture(ours);
        assertThat(failure(commands.execute(MK4, PAUSE))).isSameAs(ours);
        monitoring.fault = ours;
        assertThat(failure(commands.execute(MK4, PAUSE))).isSameAs(ours);
        assertThat(monitoring.polledEarly).hasSize(3);
    }

    @Test
    void timesOutWithoutRetry() {
        DefaultCommandService hasty = new DefaultCommandService(
                scenario.fleet,
                driver -> EnumSet.allOf(Capability.class),
                monitoring,
                scenario.ownership,
                CommandScenario.CLOCK,
                Duration.ofMillis(30));
        scenario.printerPrints();
        Promise<Void> silence = Promise.promise();
        monitoring.result = silence.future();
        CommandException problem = (CommandException) failure(hasty.execute(MK4, PAUSE));
        assertThat(problem.code()).isEqualTo(Code.TIMEOUT);
        assertThat(problem).hasMessageContaining("it may still execute the command");
        until("the printer is polled", () -> monitoring.polledEarly.size() == 1);
        silence.complete();
        assertThat(monitoring.executed).hasSize(1);
    }
}
