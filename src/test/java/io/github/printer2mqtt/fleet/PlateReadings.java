package io.github.printer2mqtt.fleet;

import static io.github.printer2mqtt.fleet.FleetScenario.reading;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.model.Status.Plate;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.model.Temperatures.Temperature;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Readings of printers with a bed, and what the plate must be. */
final class PlateReadings {
    private PlateReadings() {}

    /** Prints and cools down. */
    static void finishes(FleetScenario scenario, @Nullable String id) {
        scenario.reports(printing(id, 50.0)).reports(bed(ended(PrinterState.FINISHED, id, 100.0), 30));
        assertPlate(scenario, Plate.State.READY);
    }

    /** The status, what is published and what a restart finds are the same. */
    static void assertPlate(FleetScenario scenario, Plate.State state) {
        assertThat(scenario.plate()).isEqualTo(state);
        assertThat(Objects.requireNonNull(scenario.storedPlates.get(FleetScenario.ID))
                        .plate())
                .as("what a restart finds")
                .isEqualTo(scenario.status().plate());
        Status announced = scenario.changes.get(scenario.changes.size() - 1).after();
        assertThat(announced.plate())
                .as("what is published")
                .isEqualTo(scenario.status().plate());
    }

    static List<String> plateEvents(FleetScenario scenario) {
        return scenario.eventTypes().stream()
                .filter(type -> type.startsWith("plate"))
                .toList();
    }

    static LastJob past(String file, Instant end) {
        return new LastJob("000042", file, JobResult.FINISHED, end);
    }

    static Reading printing(@Nullable String id, @Nullable Double progress) {
        return reading(PrinterState.PRINTING, job(id, progress, 100));
    }

    static Reading ended(PrinterState state, @Nullable String id, @Nullable Double progress) {
        return reading(state, job(id, progress, 120));
    }

    static Job job(@Nullable String id, @Nullable Double progress, long elapsed) {
        return new Job(id, "clip.gcode", progress, elapsed, null, null, null);
    }

    static Reading bed(Reading reading, double actual) {
        return new Reading(
                reading.state(),
                reading.rawState(),
                null,
                new Temperatures(List.of(), new Temperature(actual, 0.0), null),
                reading.job(),
                reading.outcome(),
                null,
                null,
                null);
    }
}
