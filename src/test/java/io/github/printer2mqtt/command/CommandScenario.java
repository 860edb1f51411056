package io.github.printer2mqtt.command;

import static io.github.printer2mqtt.testing.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.command.CommandException.Code;
import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.fleet.Observation;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PollResult;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.testing.LosableOwnership;
import io.github.printer2mqtt.testing.TestFleet;
import io.github.printer2mqtt.testing.TestPrinters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The command service with one printer, whose state and responses a test sets. */
final class CommandScenario {
    static final PrinterId MK4 = new PrinterId("mk4");
    static final Job JOB = new Job("1", "clip.gcode", null, null, null, null, null);

    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T09:50:00Z"), ZoneOffset.UTC);

    final FleetState fleet = TestFleet.create(0, System::nanoTime);
    final LosableOwnership ownership = new LosableOwnership();
    final RecordingMonitoring monitoring = new RecordingMonitoring();
    final DefaultCommandService commands = new DefaultCommandService(
            fleet,
            driver -> driver.equals("prusalink") ? EnumSet.allOf(Capability.class) : Set.of(),
            monitoring,
            ownership,
            CLOCK);

    /** Executes a command that must fail with this code; returns the exception. */
    CommandException assertRefused(Command command, Code code) {
        Throwable failure = failure(commands.execute(MK4, command));
        assertThat(failure).isInstanceOf(CommandException.class);
        assertThat(((CommandException) failure).code()).isEqualTo(code);
        return (CommandException) failure;
    }

    void printerReports(Reading reading) {
        record(fleet.register(printer("prusalink"), EnumSet.allOf(Capability.class), 1), reading);
    }

    void printerPrints() {
        printerReports(reading(PrinterState.PRINTING, JOB));
    }

    void record(long generation, PollResult result) {
        fleet.record(new Observation(MK4, generation, result, Duration.ofMillis(5), Instant.EPOCH));
    }

    static Reading reading(PrinterState state, @Nullable Job job) {
        return new Reading(state, null, null, Temperatures.unknown(), job, null, null, null, null);
    }

    static Printer printer(String driver) {
        return TestPrinters.printer(MK4, "MK4", driver, "192.0.2.1");
    }
}
