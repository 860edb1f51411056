package io.github.printer2mqtt.fleet;

import static io.github.printer2mqtt.fleet.FleetScenario.file;
import static io.github.printer2mqtt.fleet.FleetScenario.idle;
import static io.github.printer2mqtt.fleet.FleetScenario.idleAfter;
import static io.github.printer2mqtt.fleet.FleetScenario.job;
import static io.github.printer2mqtt.fleet.FleetScenario.printing;
import static io.github.printer2mqtt.fleet.FleetScenario.reading;
import static io.github.printer2mqtt.fleet.FleetScenario.startPrinting;
import static io.github.printer2mqtt.model.PrinterState.ATTENTION;
import static io.github.printer2mqtt.model.PrinterState.BUSY;
import static io.github.printer2mqtt.model.PrinterState.CANCELLED;
import static io.github.printer2mqtt.model.PrinterState.ERROR;
import static io.github.printer2mqtt.model.PrinterState.FINISHED;
import static io.github.printer2mqtt.model.PrinterState.IDLE;
import static io.github.printer2mqtt.model.PrinterState.PAUSED;
import static io.github.printer2mqtt.model.PrinterState.PREPARING;
import static io.github.printer2mqtt.model.PrinterState.PRINTING;
import static io.github.printer2mqtt.model.PrinterState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.PrinterState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events between two readings of one session. */
class JobTransitionsTest {
    @ParameterizedTest
    @EnumSource(
            value = PrinterState.class,
            names = {"IDLE", "FINISHED", "CANCELLED", "ERROR", "UNKNOWN"})
    void startIsAnnouncedFromEveryIdleState(PrinterState before) {
        FleetScenario scenario = FleetScenario.start()
                .reports(reading(before, null))
                .reports(reading(PREPARING, job("1")))
                .reports(printing("1"));

        assertThat(scenario.eventTypes())
                .filteredOn(type -> !type.startsWith("plate"))
                .containsExactly("print_started");
        assertThat(scenario.events.get(0).job()).isNotNull();
    }

    @Test
    void finishIsAnnouncedOnce() {
        FleetScenario scenario = startPrinting("1")
                .reports(reading(FINISHED, null))
                .reports(reading(FINISHED, null))
                .reports(idle());

        assertThat(scenario.eventTypes()).containsExactly("print_finished");
        assertThat(scenario.events.get(0).from()).isEqualTo(PRINTING);
        assertThat(scenario.events.get(0).to()).isEqualTo(FINISHED);
        scenario.assertLastJob("1", JobResult.FINISHED);
    }

    @ParameterizedTest
    @EnumSource(
            value = PrinterState.class,
            names = {"PREPARING", "PRINTING", "PAUSED", "BUSY", "ATTENTION"})
    void endIsAnnouncedFromEveryActiveState(PrinterState active) {
        for (PrinterState end : List.of(FINISHED, CANCELLED, ERROR)) {
            FleetScenario scenario =
                    FleetScenario.start().reports(reading(active, job("1"))).reports(reading(end, null));

            assertThat(scenario.eventTypes())
                    .filteredOn(type -> type.startsWith("print_"))
                    .hasSize(1);
            scenario.assertLastJob(
                    "1",
                    switch (end) {
                        case FINISHED -> JobResult.FINISHED;
                        case CANCELLED -> JobResult.CANCELLED;
                        default -> JobResult.FAILED;
                    });
        }
    }

    @Test
    void idlePrinterDoesNotProveAResult() {
        FleetScenario scenario = startPrinting("1").reports(idle());

        assertThat(scenario.eventTypes()).isEmpty();
        scenario.assertLastJob("1", JobResult.UNKNOWN);
    }

    @Test
    void idlePrinterMayProveACancel() {
        FleetScenario scenario =
                startPrinting("1").reports(idleAfter(JobResult.CANCELLED)).reports(idleAfter(JobResult.CANCELLED));

        assertThat(scenario.eventTypes()).containsExactly("print_cancelled");
        scenario.assertLastJob("1", JobResult.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource(
            value = PrinterState.class,
            names = {"BUSY", "ATTENTION", "UNKNOWN"})
    void intermediateStatesEndNothing(PrinterState between) {
        FleetScenario scenario = startPrinting("1")
                .reports(reading(between, null))
                .reports(printing("1"))
                .reports(reading(between, null))
                .reports(reading(FINISHED, null));

        assertThat(scenario.eventTypes())
                .filteredOn(type -> type.startsWith("print_"))
                .containsExactly("print_finished");
    }

    @Test
    void pauseAndResumeAreAnnounced() {
        FleetScenario scenario = startPrinting("1")
                .reports(reading(PAUSED, job("1")))
                .reports(reading(PAUSED, job("1")))
                .reports(reading(BUSY, null))
                .reports(printing("1"));

        assertThat(scenario.eventTypes()).containsExactly("print_paused", "print_resumed");
    }

    @Test
    void attentionIsAnnouncedAtStartAndEnd() {
        FleetScenario scenario = startPrinting("1")
                .reports(reading(ATTENTION, job("1")))
                .reports(reading(ATTENTION, job("1")))
                .reports(printing("1"));

        assertThat(scenario.eventTypes()).containsExactly("attention", "attention_cleared");
    }

    @Test
    void newJobEndsTheOldWithUnknownResult() {
        FleetScenario scenario = startPrinting("1").reports(printing("2"));

        assertThat(scenario.eventTypes()).containsExactly("print_started");
        scenario.assertLastJob("1", JobResult.UNKNOWN);
    }

    @Test
    void decreasedElapsedTimeMeansANewJob() {
        FleetScenario scenario = FleetScenario.start()
                .reports(reading(PRINTING, file("a.gcode", 600)))
                .reports(reading(PRINTING, file("a.gcode", 571)))
                .reports(reading(PRINTING, file("a.gcode", 5)));

        assertThat(scenario.eventTypes()).containsExactly("print_started");
        assertThat(scenario.lastJob()).isNotNull().extracting(LastJob::result).isEqualTo(JobResult.UNKNOWN);
    }

    @Test
    void endedJobCannotEndAgain() {
        FleetScenario scenario = startPrinting("1")
                .reports(reading(FINISHED, null))
                .reports(printing("1"))
                .reports(reading(FINISHED, null));

        assertThat(scenario.eventTypes()).containsExactly("print_finished");
    }

    @Test
    void printBetweenTwoPollsIsOnlyTheLastJob() {
        FleetScenario scenario = FleetScenario.start().reports(idle()).reports(reading(FINISHED, job("7")));

        assertThat(scenario.eventTypes()).isEmpty();
        scenario.assertLastJob("7", JobResult.FINISHED);
    }

    @Test
    void firstReadingIsABaseline() {
        for (PrinterState state : List.of(IDLE, PRINTING, FINISHED, CANCELLED, ERROR, ATTENTION, PAUSED, UNKNOWN)) {
            FleetScenario scenario = FleetScenario.start().reports(reading(state, state == IDLE ? null : job("1")));
            assertThat(scenario.events).as(state.name()).isEmpty();
        }
    }

    @Test
    void oneFailedPollNeitherHidesNorCausesEvents() {
        FleetScenario scenario = startPrinting("1").fails(1).reports(reading(FINISHED, null));

        assertThat(scenario.eventTypes()).containsExactly("print_finished");
    }

    @Test
    void fileNameIsKeptIfALaterReadingLacksIt() {
        Job nameless = new Job("1", null, 60.0, 110L, 90L, null, null);
        FleetScenario scenario =
                startPrinting("1").reports(reading(PRINTING, nameless)).reports(reading(FINISHED, null));

        assertThat(scenario.lastJobOrFail().file()).isEqualTo("file-1.gcode");
    }

    @Test
    void repositoryIsNotWrittenWithoutAPrint() {
        FleetScenario scenario = FleetScenario.start(2, Map.of())
                .reports(idle())
                .waits(Duration.ofHours(1))
                .reports(idle());

        assertThat(scenario.stored).isEmpty();
    }
}
