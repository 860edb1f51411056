package io.github.printer2mqtt.fleet;

import static io.github.printer2mqtt.fleet.FleetScenario.BEGIN;
import static io.github.printer2mqtt.fleet.FleetScenario.ID;
import static io.github.printer2mqtt.fleet.FleetScenario.idle;
import static io.github.printer2mqtt.fleet.FleetScenario.job;
import static io.github.printer2mqtt.fleet.FleetScenario.printing;
import static io.github.printer2mqtt.fleet.FleetScenario.reading;
import static io.github.printer2mqtt.fleet.FleetScenario.start;
import static io.github.printer2mqtt.fleet.FleetScenario.startPrinting;
import static io.github.printer2mqtt.model.PrinterState.BUSY;
import static io.github.printer2mqtt.model.PrinterState.CANCELLED;
import static io.github.printer2mqtt.model.PrinterState.ERROR;
import static io.github.printer2mqtt.model.PrinterState.FINISHED;
import static io.github.printer2mqtt.model.PrinterState.PRINTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.persistence.HistoryRepository.EndedJob;
import io.github.printer2mqtt.persistence.JobRepository.StoredJobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which prints the history gets, and with what. */
class PrintLogTest {
    @Test
    void seenPrintHasItsStartAndItsEnd() {
        FleetScenario scenario = start().reports(idle())
                .reports(printing("1", 10))
                .reports(printing("1", 90))
                .reports(reading(FINISHED, new Job("1", "file-1.gcode", null, 3600L, null, null, null)));

        assertThat(scenario.history).singleElement().satisfies(entry -> {
            assertThat(entry.printer()).isEqualTo(ID);
            assertThat(entry.name()).isEqualTo("MK4");
            assertThat(entry.print().startedAt()).isEqualTo(BEGIN.plusSeconds(4));
            assertThat(entry.endedAt()).isEqualTo(BEGIN.plusSeconds(8)).isEqualTo(entry.recordedAt());
            assertThat(entry.jobId()).isEqualTo("1");
            assertThat(entry.file()).isEqualTo("file-1.gcode");
            assertThat(entry.result()).isEqualTo(JobResult.FINISHED);
            assertThat(entry.progress()).isEqualTo(100.0);
            assertThat(entry.duration()).isEqualTo(3600);
            assertThat(entry.filament()).isNull();
        });
    }

    @Test
    void cancelledAndFailedPrintsKeepTheirProgress() {
        FleetScenario scenario = start().reports(idle())
                .reports(printing("1", 37.5))
                .reports(reading(CANCELLED, null))
                .reports(idle())
                .reports(printing("2", 12.5))
                .reports(reading(ERROR, job("2")));

        assertThat(results(scenario)).containsExactly("1 cancelled", "2 failed");
        assertThat(scenario.history).extracting(EndedJob::progress).containsExactly(37.5, 50.0);
    }

    @Test
    void startIsUnknownIfThePrintRanAlready() {
        FleetScenario scenario = startPrinting("1").reports(reading(FINISHED, null));

        assertThat(scenario.history.get(0).print().startedAt()).isNull();
        assertThat(scenario.history.get(0).duration())
                .as("as the printer counted")
                .isEqualTo(100);
    }

    @Test
    void durationIsTheTimeBetweenStartAndEndIfThePrinterDoesNotCount() {
        Reading running = reading(PRINTING, new Job(null, "a.gcode", null, null, null, null, null));
        FleetScenario scenario =
                start().reports(idle()).reports(running).reports(running).reports(reading(FINISHED, null));

        assertThat(scenario.history.get(0).duration()).isEqualTo(4);
    }

    @Test
    void filamentIsTheOneInUse() {
        Reading.Filament spare = new Reading.Filament("1", "PETG", null, null, null, false);
        Reading.Filament used = new Reading.Filament("2", "PLA", null, null, null, true);
        Reading running = printing("1").withDetails(new Reading.Details(List.of(), List.of(spare, used), null));
        FleetScenario scenario = start().reports(idle()).reports(running).reports(reading(FINISHED, null));

        assertThat(scenario.history.get(0).filament()).isEqualTo("PLA");
    }

    @Test
    void endThatNobodySawHasNoTime() {
        FleetScenario finished = startPrinting("1").fails(2).reports(reading(FINISHED, null));
        FleetScenario gone = startPrinting("1").fails(2).reports(idle());

        assertThat(results(finished)).containsExactly("1 finished");
        assertThat(results(gone)).containsExactly("1 unknown");
        for (FleetScenario scenario : List.of(finished, gone)) {
            assertThat(scenario.history.get(0).endedAt()).isNull();
            assertThat(scenario.history.get(0).recordedAt()).isEqualTo(BEGIN.plusSeconds(8));
        }
    }

    @Test
    void whatAPrinterShowsWhenItIsRegisteredIsNotRecorded() {
        FleetScenario scenario = start().reports(reading(FINISHED, job("1"))).reports(idle());

        assertThat(scenario.lastJob()).isNotNull();
        assertThat(scenario.history).isEmpty();
        assertThat(results(scenario.reports(printing("2")).reports(reading(FINISHED, null))))
                .containsExactly("2 finished");
    }

    @Test
    void printThatEndedBetweenTwoPollsIsRecorded() {
        FleetScenario scenario = start().reports(idle()).reports(reading(FINISHED, job("1")));

        assertThat(results(scenario)).containsExactly("1 finished");
        assertThat(scenario.history.get(0).print().startedAt()).isNull();
    }

    @Test
    void oneReadingMayEndTwoPrints() {
        FleetScenario scenario = startPrinting("1").fails(2).reports(reading(FINISHED, job("2")));

        assertThat(results(scenario)).containsExactly("1 unknown", "2 finished");
        assertThat(scenario.history.get(0).print())
                .isNotEqualTo(scenario.history.get(1).print());
    }

    @Test
    void nextPrintEndsTheOneBefore() {
        FleetScenario scenario = startPrinting("1").reports(printing("2"));

        assertThat(results(scenario)).containsExactly("1 unknown");
        assertThat(results(scenario.reports(reading(FINISHED, null)))).containsExactly("1 unknown", "2 finished");
    }

    @Test
    void unknownEndIsReplacedWhenThePrintGoesOn() {
        FleetScenario scenario = startPrinting("1").fails(2).reports(idle());
        assertThat(results(scenario)).containsExactly("1 unknown");

        scenario.reports(printing("1")).reports(reading(FINISHED, null));

        assertThat(results(scenario)).containsExactly("1 finished");
    }

    @Test
    void unknownEndIsReplacedByTheResultThatThePrinterStatesLater() {
        FleetScenario scenario = startPrinting("1").reports(idle());
        assertThat(results(scenario)).containsExactly("1 unknown");

        assertThat(results(scenario.reports(reading(FINISHED, job("1"))))).containsExactly("1 finished");
        scenario.assertLastJob("1", JobResult.FINISHED);
    }

    @Test
    void jobOfThePrintersOwnHistoryIsRecorded() {
        LastJob past = new LastJob("9", "night.gcode", JobResult.FINISHED, BEGIN.minusSeconds(600));
        FleetScenario scenario = start().reports(idle()).fails(2).reports(idle().withPastJob(past));

        assertThat(results(scenario)).containsExactly("9 finished");
        assertThat(scenario.history.get(0).endedAt()).isEqualTo(past.endedAt());
    }

    @Test
    void jobThatGetsItsNameLaterIsOnePrint() {
        FleetScenario scenario = start().reports(idle())
                .reports(reading(PRINTING, new Job(null, null, null, 1L, null, null, null)))
                .reports(printing("1"))
                .reports(reading(FINISHED, null));

        assertThat(results(scenario)).containsExactly("1 finished");
        assertThat(scenario.history.get(0).print().startedAt()).isEqualTo(BEGIN.plusSeconds(4));
    }

    @Test
    void restartKeepsTheStartOfARunningPrint() {
        FleetScenario scenario = start().reports(idle())
                .reports(printing("1"))
                .restarted()
                .reports(printing("1"))
                .reports(reading(FINISHED, null));

        assertThat(results(scenario)).containsExactly("1 finished");
        assertThat(scenario.history.get(0).print().startedAt()).isEqualTo(BEGIN.plusSeconds(4));
    }

    @Test
    void endIsRecordedOnceIfTheBridgeWasKilledBeforeItStoredTheEnd() {
        FleetScenario scenario = start().reports(idle()).reports(printing("1"));
        Map<PrinterId, StoredJobs> running = Map.copyOf(scenario.stored);
        scenario.reports(reading(FINISHED, null));

        FleetScenario again = scenario.restartedWithJobs(running).reports(reading(FINISHED, job("1")));
        FleetScenario cleared = scenario.restartedWithJobs(running).reports(idle());

        assertThat(results(again)).containsExactly("1 finished");
        assertThat(results(cleared)).as("proven").containsExactly("1 finished");
    }

    @Test
    void removedPrinterIsForgottenAndItsHistoryStays() {
        FleetScenario scenario = startPrinting("1").reports(reading(FINISHED, null));
        scenario.fleet().remove(ID);

        assertThat(scenario.storedPrints).isEmpty();
        assertThat(scenario.history).hasSize(1);
    }

    /** Whatever a printer reports: no proven result without an event or a last job, and one entry for each event. */
    @Test
    void historyNeverProvesMoreThanEventsAndLastJobs() {
        PrinterState[] states = {PRINTING, PrinterState.PAUSED, BUSY, FINISHED, CANCELLED, ERROR, PrinterState.IDLE};
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            FleetScenario scenario = start();
            List<String> proven = new ArrayList<>();
            List<String> events = new ArrayList<>();
            for (int step = 0; step < 40; step++) {
                int dice = random.nextInt(20);
                if (dice == 0) {
                    scenario = scenario.restarted();
                } else if (dice == 1) {
                    scenario.fails(2);
                } else {
                    PrinterState state = states[random.nextInt(states.length)];
                    String id = String.valueOf(random.nextInt(3));
                    scenario.reports(reading(state, random.nextInt(3) == 0 ? null : job(id)));
                }
                scenario.events.stream()
                        .filter(event -> event.type().isJobEnd())
                        .forEach(event -> events.add(event.id()));
                scenario.events.clear();
                LastJob last = scenario.lastJob();
                if (last != null) {
                    proven.add(last.id() + " " + last.result().wireName());
                }
            }
            assertThat(proven).as("seed %s", seed).containsAll(provenResults(scenario));
            assertThat(provenResults(scenario)).as("seed %s", seed).hasSizeGreaterThanOrEqualTo(events.size());
            assertThat(scenario.history.stream().map(entry -> entry.print().firstSeenAt()))
                    .as("seed %s", seed)
                    .doesNotHaveDuplicates();
        }
    }

    private static List<String> provenResults(FleetScenario scenario) {
        return results(scenario).stream()
                .filter(result -> !result.endsWith("unknown"))
                .toList();
    }

    private static List<String> results(FleetScenario scenario) {
        return scenario.history.stream()
                .map(entry -> Objects.requireNonNullElse(entry.jobId(), "null") + " "
                        + entry.result().wireName())
                .toList();
    }
}
