package io.github.printer2mqtt.command;

import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static io.github.printer2mqtt.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.command.CommandException.Code;
import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.fleet.Observation;
import io.github.printer2mqtt.model.AddressText;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PollResult;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.monitor.MonitoringService;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.net.http.Exchange;
import io.github.printer2mqtt.testing.NoOpJobRepository;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CommandServiceTest {
    private static final PrinterId MK4 = new PrinterId("mk4");
    private static final Job JOB = new Job("1", "clip.gcode", null, null, null, null, null);
    private static final Command PAUSE = new Command.Pause();
    private static final Command RESUME = new Command.Resume();
    private static final Command CANCEL = new Command.Cancel();
    private static final Command HEAT = new Command.SetTemperature(Command.Heater.BED, 60);
    private static final Command HOME = Command.Home.everywhere();
    private static final Command STOP = new Command.EmergencyStop();

    private final FleetState fleet = new FleetState(0, System::nanoTime, new NoOpJobRepository());
    private final RecordingMonitoring polling = new RecordingMonitoring();
    private final DefaultCommandService commands = new DefaultCommandService(
            fleet, driver -> driver.equals("prusalink") ? EnumSet.allOf(Capability.class) : Set.of(), polling);

    @Test
    void executesOnceAndPollsEarly() {
        stands(reading(PrinterState.PRINTING, JOB));
        done(commands.execute(MK4, PAUSE));
        assertThat(polling.executed).containsExactly(PAUSE);
        assertThat(polling.polledEarly).containsExactly(MK4);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"OFFLINE", "UNKNOWN"},
            mode = EnumSource.Mode.EXCLUDE)
    void executesOnlyWhatTheStateAllows(PrinterState state) {
        Set<PrinterState> pausable = EnumSet.of(PrinterState.PRINTING, PrinterState.PREPARING);
        Set<PrinterState> cancellable = EnumSet.of(
                PrinterState.PRINTING,
                PrinterState.PREPARING,
                PrinterState.PAUSED,
                PrinterState.ATTENTION,
                PrinterState.BUSY);
        Set<PrinterState> homeable =
                EnumSet.of(PrinterState.IDLE, PrinterState.FINISHED, PrinterState.CANCELLED, PrinterState.ERROR);
        stands(reading(state, JOB));
        List<Command> expected = new ArrayList<>();
        attempt(PAUSE, pausable.contains(state), expected);
        attempt(RESUME, state == PrinterState.PAUSED, expected);
        attempt(CANCEL, cancellable.contains(state), expected);
        attempt(HOME, homeable.contains(state), expected);
        attempt(HEAT, true, expected);
        attempt(STOP, true, expected);
        assertThat(polling.executed).isEqualTo(expected);
        assertThat(polling.polledEarly).as("rejected commands cause no poll").hasSameSizeAs(expected);
    }

    /** An accepted pause is no proof that the printer has paused: only a reading is. */
    @Test
    void acceptedCommandChangesNoStateBeforeTheNextReading() {
        long generation = fleet.register(printer("prusalink"), EnumSet.allOf(Capability.class), 1);
        record(generation, reading(PrinterState.PRINTING, JOB));
        done(commands.execute(MK4, PAUSE));
        refused(RESUME, Code.STATE_CONFLICT);

        record(generation, reading(PrinterState.PAUSED, JOB));
        done(commands.execute(MK4, RESUME));
    }

    private void attempt(Command command, boolean allowed, List<Command> expected) {
        if (allowed) {
            done(commands.execute(MK4, command));
            expected.add(command);
        } else {
            refused(command, Code.STATE_CONFLICT);
        }
    }

    @Test
    void messageNamesStateAndAllowedStates() {
        stands(reading(PrinterState.BUSY, null));
        assertThat(refused(CANCEL, Code.STATE_CONFLICT))
                .hasMessage("printer mk4 is busy; cancel needs printing or preparing or paused, or attention or busy"
                        + " with a job");
    }

    @Test
    void rejectsUnknownPrinterAndUnsupportedCommand() {
        refused(PAUSE, Code.PRINTER_NOT_FOUND);
        long generation = fleet.register(printer("bambu"), Set.of(), 1);
        record(generation, reading(PrinterState.PRINTING, JOB));
        refused(PAUSE, Code.UNSUPPORTED);
        assertThat(polling.executed).isEmpty();
    }

    @Test
    void rejectsMissingCapability() {
        stands(new Reading(
                PrinterState.PRINTING,
                null,
                null,
                Temperatures.unknown(),
                JOB,
                null,
                null,
                null,
                null,
                EnumSet.of(Capability.PAUSE),
                null));
        assertThat(refused(PAUSE, Code.UNSUPPORTED)).hasMessage("printer mk4 does not offer pause; check its setup");
        assertThat(polling.executed).isEmpty();
        done(commands.execute(MK4, HEAT));
    }

    @Test
    void rejectsOfflinePrinter() {
        long generation = fleet.register(printer("prusalink"), EnumSet.allOf(Capability.class), 1);
        assertThat(refused(PAUSE, Code.PRINTER_OFFLINE)).hasMessage("printer mk4 is unknown");
        record(generation, reading(PrinterState.PRINTING, JOB));
        record(generation, PollFailure.of(FailureReason.TIMEOUT));
        assertThat(refused(PAUSE, Code.PRINTER_OFFLINE)).hasMessage("printer mk4 is offline (timeout)");
        assertThat(polling.executed).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"STATE, STATE_CONFLICT", "UNSUPPORTED, UNSUPPORTED", "OTHER, REFUSED_BY_PRINTER"})
    void passesOnTheRefusalOfThePrinter(CommandRefusedException.Reason reason, Code code) {
        stands(reading(PrinterState.PRINTING, JOB));
        polling.answer = Future.failedFuture(new CommandRefusedException(reason, "not now"));
        assertThat(refused(PAUSE, code)).hasMessage("printer mk4 refused: not now");
        assertThat(polling.polledEarly).containsExactly(MK4);
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
        stands(reading(PrinterState.PRINTING, JOB));
        polling.answer = Future.failedFuture(new PrinterException(reason, null));
        refused(PAUSE, code);
        assertThat(polling.executed).as("never retried").hasSize(1);
        assertThat(polling.polledEarly).containsExactly(MK4);
    }

    @ParameterizedTest
    @EnumSource
    void failureBeforeSendingMeansNotReached(FailureReason reason) {
        stands(reading(PrinterState.PRINTING, JOB));
        polling.answer = Future.failedFuture(new PrinterException(reason, null).with(Delivery.NOT_SENT));
        Code code = reason == FailureReason.TIMEOUT ? Code.TIMEOUT : Code.PRINTER_OFFLINE;
        assertThat(refused(PAUSE, code).getMessage())
                .startsWith("printer mk4 could not be ")
                .doesNotContain("may");
    }

    @Test
    void abortedCommandIsUnknownOnlyIfSent() {
        stands(reading(PrinterState.PRINTING, JOB));
        polling.answer = Future.failedFuture(new Exchange.AbortedException(Delivery.POSSIBLE));
        refused(PAUSE, Code.OUTCOME_UNKNOWN);
        polling.answer = Future.failedFuture(new Exchange.AbortedException(Delivery.NOT_SENT));
        refused(PAUSE, Code.PRINTER_OFFLINE);
    }

    @Test
    void distinguishesRemovedPrinterFromInternalFault() {
        stands(reading(PrinterState.PRINTING, JOB));
        polling.answer = Future.failedFuture(new NoSuchElementException("gone"));
        refused(PAUSE, Code.PRINTER_NOT_FOUND);
        IllegalStateException ours = new IllegalStateException("a fault of ours");
        polling.answer = Future.failedFuture(ours);
        assertThat(failure(commands.execute(MK4, PAUSE))).isSameAs(ours);
        polling.broken = ours;
        assertThat(failure(commands.execute(MK4, PAUSE))).isSameAs(ours);
        assertThat(polling.polledEarly).hasSize(3);
    }

    @Test
    void timesOutWithoutRetry() {
        DefaultCommandService hasty = new DefaultCommandService(
                fleet, driver -> EnumSet.allOf(Capability.class), polling, Duration.ofMillis(30));
        stands(reading(PrinterState.PRINTING, JOB));
        Promise<Void> silence = Promise.promise();
        polling.answer = silence.future();
        CommandException problem = (CommandException) failure(hasty.execute(MK4, PAUSE));
        assertThat(problem.code()).isEqualTo(Code.TIMEOUT);
        assertThat(problem).hasMessageContaining("it may still execute the command");
        until("the printer is polled", () -> polling.polledEarly.size() == 1);
        silence.complete();
        assertThat(polling.executed).hasSize(1);
    }

    @Test
    void limitsCommandsInFlightPerPrinter() {
        stands(reading(PrinterState.PRINTING, JOB));
        Promise<Void> slow = Promise.promise();
        polling.answer = slow.future();
        List<Future<Void>> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(commands.execute(MK4, PAUSE));
        }
        assertThat(refused(PAUSE, Code.STATE_CONFLICT))
                .hasMessage("4 commands to printer mk4 are already running (limit 4)");
        slow.complete();
        waiting.forEach(each -> done(each));
        done(commands.execute(MK4, PAUSE));
    }

    @Test
    void emergencyStopHasReservedCapacity() {
        stands(reading(PrinterState.PRINTING, JOB));
        Promise<Void> slow = Promise.promise();
        polling.answer = slow.future();
        List<Future<Void>> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(commands.execute(MK4, HEAT));
        }
        refused(HEAT, Code.STATE_CONFLICT);
        for (int i = 0; i < 4; i++) {
            waiting.add(commands.execute(MK4, STOP));
        }
        assertThat(polling.executed).containsSequence(STOP, STOP, STOP, STOP);
        assertThat(refused(STOP, Code.STATE_CONFLICT))
                .hasMessage("8 commands to printer mk4 are already running (limit 8)");
        slow.complete();
        waiting.forEach(each -> done(each));
        done(commands.execute(MK4, HEAT));
    }

    @Test
    void sendsNoCommandToAnOfflinePrinter() {
        long generation = fleet.register(printer("prusalink"), EnumSet.allOf(Capability.class), 1);
        record(generation, PollFailure.of(FailureReason.TIMEOUT));
        for (Command command : List.of(HEAT, HOME, STOP)) {
            refused(command, Code.PRINTER_OFFLINE);
        }
        assertThat(polling.executed).isEmpty();
    }

    @Test
    void rejectsCommandsWhileStopping() {
        stands(reading(PrinterState.PRINTING, JOB));
        commands.stop();
        refused(PAUSE, Code.STOPPING);
        assertThat(polling.executed).isEmpty();
    }

    private CommandException refused(Command command, Code code) {
        Throwable failure = failure(commands.execute(MK4, command));
        assertThat(failure).isInstanceOf(CommandException.class);
        assertThat(((CommandException) failure).code()).isEqualTo(code);
        return (CommandException) failure;
    }

    private void stands(Reading reading) {
        record(fleet.register(printer("prusalink"), EnumSet.allOf(Capability.class), 1), reading);
    }

    private void record(long generation, PollResult result) {
        fleet.record(new Observation(MK4, generation, result, Duration.ofMillis(5), Instant.EPOCH));
    }

    private static Reading reading(PrinterState state, @Nullable Job job) {
        return new Reading(state, null, null, Temperatures.unknown(), job, null, null, null, null);
    }

    private static Printer printer(String driver) {
        return new Printer(
                MK4,
                "MK4",
                driver,
                AddressText.parse("192.0.2.1").withDefaultPort(80),
                null,
                null,
                List.of(),
                true,
                Printer.PollingOverrides.none(),
                null);
    }

    private static final class RecordingMonitoring implements MonitoringService {
        final List<Command> executed = new CopyOnWriteArrayList<>();
        final List<PrinterId> polledEarly = new CopyOnWriteArrayList<>();
        Future<Void> answer = Future.succeededFuture();

        @Nullable RuntimeException broken;

        @Override
        public Future<Void> execute(PrinterId printer, Command command) {
            executed.add(command);
            if (broken != null) {
                throw broken;
            }
            return answer;
        }

        @Override
        public void pollEarly(PrinterId printer) {
            polledEarly.add(printer);
        }

        @Override
        public Future<Void> register(Printer printer) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> monitor(Printer printer, Credentials credentials) {
            throw new AssertionError("a command monitors nothing");
        }

        @Override
        public Future<Void> unregister(PrinterId printer) {
            throw new AssertionError("a command unregisters nothing");
        }

        @Override
        public Future<Void> pollAll() {
            throw new AssertionError("a command polls one printer");
        }

        @Override
        public Future<Void> pollNow(PrinterId printer) {
            throw new AssertionError("a command waits for no poll");
        }

        @Override
        public Future<List<MonitoringService.PollRecord>> recentPolls(PrinterId printer) {
            throw new AssertionError("a command reads no poll history");
        }
    }
}
