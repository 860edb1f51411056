package io.github.printer2mqtt.fleet;

import static io.github.printer2mqtt.fleet.FleetScenario.file;
import static io.github.printer2mqtt.fleet.FleetScenario.idle;
import static io.github.printer2mqtt.fleet.FleetScenario.idleAfter;
import static io.github.printer2mqtt.fleet.FleetScenario.job;
import static io.github.printer2mqtt.fleet.FleetScenario.printing;
import static io.github.printer2mqtt.fleet.FleetScenario.reading;
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
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

        assertThat(scenario.eventTypes()).containsExactly("print_started");
        assertThat(scenario.events.get(0).job()).isNotNull();
    }

    @Test
    void finishIsAnnouncedOnce() {
        FleetScenario scenario = printingScenario("1")
                .reports(reading(FINISHED, null))
                .reports(reading(FINISHED, null))
                .reports(idle());

        assertThat(scenario.eventTypes()).containsExactly("print_finished");
        assertThat(scenario.events.get(0).from()).isEqualTo(PRINTING);
        assertThat(scenario.events.get(0).to()).isEqualTo(FINISHED);
        assertLast(scenario, "1", JobResult.FINISHED);
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
            assertLast(
                    scenario,
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
        FleetScenario scenario = printingScenario("1").reports(idle());

        assertThat(scenario.eventTypes()).isEmpty();
        assertLast(scenario, "1", JobResult.UNKNOWN);
    }

    @Test
    void idlePrinterMayProveACancel() {
        FleetScenario scenario =
                printingScenario("1").reports(idleAfter(JobResult.CANCELLED)).reports(idleAfter(JobResult.CANCELLED));

        assertThat(scenario.eventTypes()).containsExactly("print_cancelled");
        assertLast(scenario, "1", JobResult.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource(
            value = PrinterState.class,
            names = {"BUSY", "ATTENTION", "UNKNOWN"})
    void intermediateStatesEndNothing(PrinterState between) {
        FleetScenario scenario = printingScenario("1")
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
        FleetScenario scenario = printingScenario("1")
                .reports(reading(PAUSED, job("1")))
                .reports(reading(PAUSED, job("1")))
                .reports(reading(BUSY, null))
                .reports(printing("1"));

        assertThat(scenario.eventTypes()).containsExactly("print_paused", "print_resumed");
    }

    @Test
    void attentionIsAnnouncedAtStartAndEnd() {
        FleetScenario scenario = printingScenario("1")
                .reports(reading(ATTENTION, job("1")))
                .reports(reading(ATTENTION, job("1")))
                .reports(printing("1"));

        assertThat(scenario.eventTypes()).containsExactly("attention", "attention_cleared");
    }

    @Test
    void newJobEndsTheOldWithUnknownResult() {
        FleetScenario scenario = printingScenario("1").reports(printing("2"));

        assertThat(scenario.eventTypes()).containsExactly("print_started");
        assertLast(scenario, "1", JobResult.UNKNOWN);
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
        FleetScenario scenario = printingScenario("1")
                .reports(reading(FINISHED, null))
                .reports(printing("1"))
                .reports(reading(FINISHED, null));

        assertThat(scenario.eventTypes()).containsExactly("print_finished");
    }

    @Test
    void printBetweenTwoPollsIsOnlyTheLastJob() {
        FleetScenario scenario = FleetScenario.start().reports(idle()).reports(reading(FINISHED, job("7")));

        assertThat(scenario.eventTypes()).isEmpty();
        assertLast(scenario, "7", JobResult.FINISHED);
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
        FleetScenario scenario = printingScenario("1").fails(1).reports(reading(FINISHED, null));

        assertThat(scenario.eventTypes()).containsExactly("print_finished");
    }

    @Test
    void endWhileOfflineIsNoEvent() {
        FleetScenario scenario = printingScenario("1").fails(2).reports(reading(FINISHED, null));

        assertThat(scenario.eventTypes()).containsExactly("printer_offline", "printer_online");
        assertLast(scenario, "1", JobResult.FINISHED);
        assertThat(lastOf(scenario).endedAt()).isNull();
    }

    @Test
    void printContinuesAfterOffline() {
        FleetScenario scenario =
                printingScenario("1").fails(2).reports(printing("1")).reports(reading(FINISHED, null));

        assertThat(scenario.eventTypes()).containsExactly("printer_offline", "printer_online", "print_finished");
    }

    @Test
    void printContinuesAfterARestart() {
        FleetScenario scenario =
                printingScenario("1").restarted().reports(printing("1")).reports(reading(FINISHED, null));

        assertThat(scenario.eventTypes()).containsExactly("print_finished");
    }

    @Test
    void resultStatedAfterARestartIsNoEvent() {
        FleetScenario scenario = printingScenario("1").restarted().reports(reading(CANCELLED, job("1")));

        assertThat(scenario.events).isEmpty();
        assertLast(scenario, "1", JobResult.CANCELLED);
    }

    @Test
    void printMissingAfterARestartEndedUnknown() {
        FleetScenario scenario = printingScenario("1").restarted().reports(idle());

        assertThat(scenario.events).isEmpty();
        assertLast(scenario, "1", JobResult.UNKNOWN);
        assertThat(lastOf(scenario).endedAt()).isNull();
    }

    @Test
    void anotherPrintAfterARestartEndsTheOldUnknown() {
        FleetScenario scenario = printingScenario("1").restarted().reports(printing("2"));

        assertThat(scenario.events).isEmpty();
        assertLast(scenario, "1", JobResult.UNKNOWN);
        assertThat(Objects.requireNonNull(scenario.stored.get(FleetScenario.ID)).running())
                .isEqualTo(job("2"));
    }

    @Test
    void errorWithoutJobAfterARestartIsNoFailedPrint() {
        FleetScenario scenario = printingScenario("1").restarted().reports(reading(ERROR, null));

        assertThat(scenario.events).isEmpty();
        assertLast(scenario, "1", JobResult.UNKNOWN);
    }

    @Test
    void lastJobSurvivesARestart() {
        FleetScenario scenario =
                printingScenario("1").reports(reading(FINISHED, null)).restarted();

        assertLast(scenario, "1", JobResult.FINISHED);
        assertLast(scenario.reports(idle()), "1", JobResult.FINISHED);
    }

    @Test
    void changedRegistrationStartsANewBaseline() {
        FleetScenario scenario = printingScenario("1")
                .register(FleetScenario.renamed("New name"))
                .reports(reading(FINISHED, null));

        assertThat(scenario.eventTypes()).isEmpty();
        assertLast(scenario, "1", JobResult.FINISHED);
    }

    @Test
    void eventIdsAreUnique() {
        FleetScenario scenario = printingScenario("1")
                .reports(reading(PAUSED, job("1")))
                .reports(printing("1"))
                .fails(2)
                .reports(printing("1"))
                .reports(reading(FINISHED, null));

        assertThat(scenario.events)
                .extracting("id")
                .doesNotHaveDuplicates()
                .allMatch(id -> id.toString().matches("mk4-" + FleetScenario.BEGIN.toEpochMilli() + "-\\d+-\\d+"));
    }

    @Test
    void reRegisteredPrinterRepeatsNoEventId() {
        FleetScenario scenario = printingScenario("1").reports(reading(FINISHED, null));
        scenario.fleet().remove(FleetScenario.ID);
        scenario.register(FleetScenario.printer()).reports(printing("1")).reports(reading(FINISHED, null));

        assertThat(scenario.eventTypes()).containsExactly("print_finished", "print_finished");
        assertThat(scenario.events).extracting(PrinterEvent::id).doesNotHaveDuplicates();
    }

    @Test
    void endWithoutJobDescribesTheLastPrint() {
        Job layered = new Job("1", "clip.gcode", 97.5, 600L, 20L, 118, 120);
        FleetScenario scenario =
                printingScenario("0").reports(reading(PRINTING, layered)).reports(reading(FINISHED, null));

        PrinterEvent end = scenario.events.get(scenario.events.size() - 1);
        assertThat(end.type().wireName()).isEqualTo("print_finished");
        Status.CurrentJob about = Objects.requireNonNull(end.job());
        assertThat(about.job()).isEqualTo(new Job("1", "clip.gcode", 100.0, 600L, 0L, 118, 120));
        assertThat(about.finishAt()).isEqualTo(end.at().plusSeconds(30).truncatedTo(ChronoUnit.MINUTES));
        assertThat(about.stale()).isFalse();
        assertThat(end.name()).isEqualTo("MK4");
        assertThat(end.group()).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = PrinterState.class,
            names = {"CANCELLED", "ERROR"})
    void earlyEndKeepsTheProgress(PrinterState end) {
        Job named = new Job("1", "file-1.gcode", null, null, null, null, null);
        FleetScenario scenario = printingScenario("1").reports(reading(end, named));

        Status.CurrentJob about = Objects.requireNonNull(scenario.events.get(0).job());
        assertThat(about.job()).isEqualTo(job("1"));
        assertThat(about.finishAt()).isNull();
    }

    @Test
    void eventsOfARunningPrintContainItsFinish() {
        FleetScenario scenario = FleetScenario.start().reports(idle()).reports(printing("1"));

        Status.CurrentJob about = Objects.requireNonNull(scenario.events.get(0).job());
        assertThat(about).isEqualTo(scenario.status().job());
        assertThat(about.finishAt()).isNotNull();
    }

    @Test
    void offlineEventContainsTheRunningPrint() {
        FleetScenario scenario = printingScenario("1").fails(2).reports(printing("1"));

        assertThat(scenario.eventTypes()).containsExactly("printer_offline", "printer_online");
        assertThat(scenario.events.get(0).job()).isEqualTo(new Status.CurrentJob(job("1"), null, true));
        assertThat(scenario.events.get(1).job()).isEqualTo(scenario.status().job());
    }

    @Test
    void fileNameIsKeptIfALaterReadingLacksIt() {
        Job nameless = new Job("1", null, 60.0, 110L, 90L, null, null);
        FleetScenario scenario =
                printingScenario("1").reports(reading(PRINTING, nameless)).reports(reading(FINISHED, null));

        assertThat(lastOf(scenario).file()).isEqualTo("file-1.gcode");
    }

    @Test
    void repositoryIsNotWrittenWithoutAPrint() {
        FleetScenario scenario = FleetScenario.start(2, Map.of())
                .reports(idle())
                .waits(Duration.ofHours(1))
                .reports(idle());

        assertThat(scenario.stored).isEmpty();
    }

    private static FleetScenario printingScenario(String id) {
        return FleetScenario.start().reports(printing(id));
    }

    private static LastJob lastOf(FleetScenario scenario) {
        return Objects.requireNonNull(scenario.lastJob(), "a last job");
    }

    private static void assertLast(FleetScenario scenario, String id, JobResult result) {
        LastJob last = lastOf(scenario);
        assertThat(last.id()).isEqualTo(id);
        assertThat(last.result()).isEqualTo(result);
    }
}
