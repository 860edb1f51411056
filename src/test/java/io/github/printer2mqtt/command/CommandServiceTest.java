package io.github.printer2mqtt.command;

import static io.github.printer2mqtt.testing.Await.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.command.CommandException.Code;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.model.Status.Plate;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.monitor.MonitoringService;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommandServiceTest {
    private static final PrinterId MK4 = CommandScenario.MK4;
    private static final Job JOB = CommandScenario.JOB;
    private static final Command PAUSE = Command.PAUSE;
    private static final Command RESUME = Command.RESUME;
    private static final Command CANCEL = Command.CANCEL;
    private static final Command HEAT = new Command.SetTemperature(Command.Heater.BED, 60);
    private static final Command HOME = Command.Home.everywhere();
    private static final Command STOP = Command.EMERGENCY_STOP;

    private final CommandScenario scenario = new CommandScenario();
    private final RecordingMonitoring monitoring = scenario.monitoring;
    private final DefaultCommandService commands = scenario.commands;

    @Test
    void executesOnceAndPollsEarly() {
        scenario.printerPrints();
        done(commands.execute(MK4, PAUSE));
        assertThat(monitoring.executed).containsExactly(PAUSE);
        assertThat(monitoring.polledEarly).containsExactly(MK4);
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
        scenario.printerReports(CommandScenario.reading(state, JOB));
        List<Command> expected = new ArrayList<>();
        attempt(PAUSE, pausable.contains(state), expected);
        attempt(RESUME, state == PrinterState.PAUSED, expected);
        attempt(CANCEL, cancellable.contains(state), expected);
        attempt(HOME, homeable.contains(state), expected);
        attempt(HEAT, true, expected);
        attempt(STOP, true, expected);
        assertThat(monitoring.executed).isEqualTo(expected);
        assertThat(monitoring.polledEarly).as("rejected commands cause no poll").hasSameSizeAs(expected);
    }

    /** An accepted pause is no proof that the printer has paused: only a reading is. */
    @Test
    void acceptedCommandChangesNoStateBeforeTheNextReading() {
        long generation =
                scenario.fleet.register(CommandScenario.printer("prusalink"), EnumSet.allOf(Capability.class), 1);
        scenario.record(generation, CommandScenario.reading(PrinterState.PRINTING, JOB));
        done(commands.execute(MK4, PAUSE));
        scenario.assertRefused(RESUME, Code.STATE_CONFLICT);

        scenario.record(generation, CommandScenario.reading(PrinterState.PAUSED, JOB));
        done(commands.execute(MK4, RESUME));
    }

    private void attempt(Command command, boolean allowed, List<Command> expected) {
        if (allowed) {
            done(commands.execute(MK4, command));
            expected.add(command);
        } else {
            scenario.assertRefused(command, Code.STATE_CONFLICT);
        }
    }

    @Test
    void messageNamesStateAndAllowedStates() {
        scenario.printerReports(CommandScenario.reading(PrinterState.BUSY, null));
        assertThat(scenario.assertRefused(CANCEL, Code.STATE_CONFLICT))
                .hasMessage("printer mk4 is busy; cancel needs printing or preparing or paused, or attention or busy"
                        + " with a job");
    }

    @Test
    void rejectsUnknownPrinterAndUnsupportedCommand() {
        scenario.assertRefused(PAUSE, Code.PRINTER_NOT_FOUND);
        long generation = scenario.fleet.register(CommandScenario.printer("bambu"), Set.of(), 1);
        scenario.record(generation, CommandScenario.reading(PrinterState.PRINTING, JOB));
        scenario.assertRefused(PAUSE, Code.UNSUPPORTED);
        assertThat(monitoring.executed).isEmpty();
    }

    @Test
    void rejectsMissingCapability() {
        scenario.printerReports(new Reading(
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
        assertThat(scenario.assertRefused(PAUSE, Code.UNSUPPORTED))
                .hasMessage("printer mk4 does not offer pause; check its setup");
        assertThat(monitoring.executed).isEmpty();
        done(commands.execute(MK4, HEAT));
    }

    @Test
    void rejectsOfflinePrinter() {
        long generation =
                scenario.fleet.register(CommandScenario.printer("prusalink"), EnumSet.allOf(Capability.class), 1);
        assertThat(scenario.assertRefused(PAUSE, Code.PRINTER_OFFLINE)).hasMessage("printer mk4 is unknown");
        scenario.record(generation, CommandScenario.reading(PrinterState.PRINTING, JOB));
        scenario.record(generation, PollFailure.of(FailureReason.TIMEOUT));
        assertThat(scenario.assertRefused(PAUSE, Code.PRINTER_OFFLINE)).hasMessage("printer mk4 is offline (timeout)");
        assertThat(monitoring.executed).isEmpty();
    }

    @Test
    void limitsCommandsInFlightPerPrinter() {
        scenario.printerPrints();
        Promise<Void> slow = Promise.promise();
        monitoring.result = slow.future();
        List<Future<Void>> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(commands.execute(MK4, PAUSE));
        }
        assertThat(scenario.assertRefused(PAUSE, Code.STATE_CONFLICT))
                .hasMessage("4 commands to printer mk4 are already running (limit 4)");
        slow.complete();
        waiting.forEach(each -> done(each));
        done(commands.execute(MK4, PAUSE));
    }

    @Test
    void emergencyStopHasReservedCapacity() {
        scenario.printerPrints();
        Promise<Void> slow = Promise.promise();
        monitoring.result = slow.future();
        List<Future<Void>> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(commands.execute(MK4, HEAT));
        }
        scenario.assertRefused(HEAT, Code.STATE_CONFLICT);
        for (int i = 0; i < 4; i++) {
            waiting.add(commands.execute(MK4, STOP));
        }
        assertThat(monitoring.executed).containsSequence(STOP, STOP, STOP, STOP);
        assertThat(scenario.assertRefused(STOP, Code.STATE_CONFLICT))
                .hasMessage("8 commands to printer mk4 are already running (limit 8)");
        slow.complete();
        waiting.forEach(each -> done(each));
        done(commands.execute(MK4, HEAT));
    }

    @Test
    void sendsNoCommandToAnOfflinePrinter() {
        long generation =
                scenario.fleet.register(CommandScenario.printer("prusalink"), EnumSet.allOf(Capability.class), 1);
        scenario.record(generation, PollFailure.of(FailureReason.TIMEOUT));
        for (Command command : List.of(HEAT, HOME, STOP)) {
            scenario.assertRefused(command, Code.PRINTER_OFFLINE);
        }
        assertThat(monitoring.executed).isEmpty();
    }

    /** The bridge itself executes it, for any driver and without the printer. */
    @Test
    void clearsThePlateOfAPrinterThatIsOffOnce() {
        scenario.assertRefused(Command.CLEAR_PLATE, Code.PRINTER_NOT_FOUND);
        long generation = scenario.fleet.register(CommandScenario.printer("bambu"), Set.of(), 1);
        scenario.record(generation, CommandScenario.reading(PrinterState.PRINTING, JOB));
        assertThat(scenario.assertRefused(Command.CLEAR_PLATE, Code.STATE_CONFLICT))
                .hasMessage("the plate of printer mk4 is in use by a print");
        scenario.record(generation, CommandScenario.reading(PrinterState.FINISHED, JOB));
        scenario.record(generation, PollFailure.of(FailureReason.TIMEOUT));

        done(commands.execute(MK4, Command.CLEAR_PLATE));
        Status status =
                Objects.requireNonNull(scenario.fleet.snapshot().find(MK4)).status();
        assertThat(status.state()).isEqualTo(PrinterState.OFFLINE);
        assertThat(status.plate()).isEqualTo(new Plate(Plate.State.CLEAR, CommandScenario.CLOCK.instant()));
        assertThat(scenario.assertRefused(Command.CLEAR_PLATE, Code.STATE_CONFLICT))
                .hasMessage("the plate of printer mk4 is already clear");
        assertThat(monitoring.executed).isEmpty();
        assertThat(monitoring.polledEarly).isEmpty();
    }

    @Test
    void rejectsCommandsWhileStopping() {
        scenario.printerPrints();
        commands.stop();
        scenario.assertRefused(PAUSE, Code.STOPPING);
        scenario.assertRefused(Command.CLEAR_PLATE, Code.STOPPING);
        assertThat(monitoring.executed).isEmpty();
    }

    @Test
    void rejectsCommandsAfterTheLossOfTheOwnership() {
        long generation =
                scenario.fleet.register(CommandScenario.printer("prusalink"), EnumSet.allOf(Capability.class), 1);
        scenario.record(generation, CommandScenario.reading(PrinterState.PRINTING, JOB));
        done(commands.execute(MK4, PAUSE));
        scenario.record(generation, CommandScenario.reading(PrinterState.FINISHED, JOB));
        long version = scenario.fleet.snapshot().version();

        scenario.ownership.lose();

        scenario.assertRefused(HOME, Code.NO_OWNER);
        scenario.assertRefused(Command.CLEAR_PLATE, Code.NO_OWNER);
        assertThat(monitoring.executed).containsExactly(PAUSE);
        assertThat(scenario.fleet.snapshot().version()).isEqualTo(version);
    }

    /** The ownership may be lost between the first check and the event loop of the printer. */
    @Test
    void rejectsACommandThatTheMonitorDidNotSend() {
        scenario.printerPrints();
        monitoring.result = Future.failedFuture(new MonitoringService.NotHeldException(MK4));

        assertThat(scenario.assertRefused(PAUSE, Code.NO_OWNER))
                .hasMessage("no node acts for printer mk4 at the moment; the command was not sent");
    }
}
