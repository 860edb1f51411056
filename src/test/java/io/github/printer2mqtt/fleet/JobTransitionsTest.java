package io.github.printer2mqtt.fleet;

import static io.github.printer2mqtt.fleet.FleetScenario.file;
import static io.github.printer2mqtt.fleet.FleetScenario.idle;
import static io.github.printer2mqtt.fleet.FleetScenario.idleAfter;
import static io.github.printer2mqtt.fleet.FleetScenario.job;
import static io.github.printer2mqtt.fleet.FleetScenario.printing;
import static io.github.printer2mqtt.fleet.FleetScenario.reading;
import static io.github.printer2mqtt.printer.PrinterState.ATTENTION;
import static io.github.printer2mqtt.printer.PrinterState.BUSY;
import static io.github.printer2mqtt.printer.PrinterState.CANCELLED;
import static io.github.printer2mqtt.printer.PrinterState.ERROR;
import static io.github.printer2mqtt.printer.PrinterState.FINISHED;
import static io.github.printer2mqtt.printer.PrinterState.IDLE;
import static io.github.printer2mqtt.printer.PrinterState.PAUSED;
import static io.github.printer2mqtt.printer.PrinterState.PREPARING;
import static io.github.printer2mqtt.printer.PrinterState.PRINTING;
import static io.github.printer2mqtt.printer.PrinterState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.printer.Job;
import io.github.printer2mqtt.printer.JobResult;
import io.github.printer2mqtt.printer.JobStatus;
import io.github.printer2mqtt.printer.LastJob;
import io.github.printer2mqtt.printer.PrinterEvent;
import io.github.printer2mqtt.printer.PrinterState;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Given two readings of one session, when the second comes, then the events between them are told, and only those. */
class JobTransitionsTest {
    @ParameterizedTest
    @EnumSource(
            value = PrinterState.class,
            names = {"IDLE", "FINISHED", "CANCELLED", "ERROR", "UNKNOWN"})
    void aPrintThatBeginsIsToldFromEveryRestingState(PrinterState before) {
        FleetScenario story = FleetScenario.start()
                .says(reading(before, null))
                .says(reading(PREPARING, job("1")))
                .says(printing("1"));

        assertThat(story.eventTypes()).containsExactly("print_started");
        assertThat(story.events.get(0).job()).isNotNull();
    }

    @Test
    void aPrintIsFinishedOnce() {
        FleetScenario story = printingStory("1")
                .says(reading(FINISHED, null))
                .says(reading(FINISHED, null))
                .says(idle());

        assertThat(story.eventTypes()).containsExactly("print_finished");
        assertThat(story.events.get(0).from()).isEqualTo(PRINTING);
        assertThat(story.events.get(0).to()).isEqualTo(FINISHED);
        assertLast(story, "1", JobResult.FINISHED);
    }

    @ParameterizedTest
    @EnumSource(
            value = PrinterState.class,
            names = {"PREPARING", "PRINTING", "PAUSED", "BUSY", "ATTENTION"})
    void anEndIsToldFromEveryActiveState(PrinterState active) {
        for (PrinterState end : List.of(FINISHED, CANCELLED, ERROR)) {
            FleetScenario story =
                    FleetScenario.start().says(reading(active, job("1"))).says(reading(end, null));

            assertThat(story.eventTypes())
                    .filteredOn(type -> type.startsWith("print_"))
                    .hasSize(1);
            assertLast(
                    story,
                    "1",
                    switch (end) {
                        case FINISHED -> JobResult.FINISHED;
                        case CANCELLED -> JobResult.CANCELLED;
                        default -> JobResult.FAILED;
                    });
        }
    }

    @Test
    void anIdlePrinterDoesNotProveHowThePrintEnded() {
        FleetScenario story = printingStory("1").says(idle());

        assertThat(story.eventTypes()).isEmpty();
        assertLast(story, "1", JobResult.UNKNOWN);
    }

    @Test
    void anIdlePrinterThatProvesTheCancelIsBelieved() {
        FleetScenario story =
                printingStory("1").says(idleAfter(JobResult.CANCELLED)).says(idleAfter(JobResult.CANCELLED));

        assertThat(story.eventTypes()).containsExactly("print_cancelled");
        assertLast(story, "1", JobResult.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource(
            value = PrinterState.class,
            names = {"BUSY", "ATTENTION", "UNKNOWN"})
    void whatComesBetweenEndsNothing(PrinterState between) {
        FleetScenario story = printingStory("1")
                .says(reading(between, null))
                .says(printing("1"))
                .says(reading(between, null))
                .says(reading(FINISHED, null));

        assertThat(story.eventTypes())
                .filteredOn(type -> type.startsWith("print_"))
                .containsExactly("print_finished");
    }

    @Test
    void pauseAndResumeAreTold() {
        FleetScenario story = printingStory("1")
                .says(reading(PAUSED, job("1")))
                .says(reading(PAUSED, job("1")))
                .says(reading(BUSY, null))
                .says(printing("1"));

        assertThat(story.eventTypes()).containsExactly("print_paused", "print_resumed");
    }

    @Test
    void attentionIsToldWhenItBeginsAndWhenItEnds() {
        FleetScenario story = printingStory("1")
                .says(reading(ATTENTION, job("1")))
                .says(reading(ATTENTION, job("1")))
                .says(printing("1"));

        assertThat(story.eventTypes()).containsExactly("attention", "attention_cleared");
    }

    @Test
    void aNewJobWithoutTheEndOfTheOldLeavesTheOldUnknown() {
        FleetScenario story = printingStory("1").says(printing("2"));

        assertThat(story.eventTypes()).containsExactly("print_started");
        assertLast(story, "1", JobResult.UNKNOWN);
    }

    @Test
    void theSameFilePrintedAgainIsANewJobWhenItsTimeFellBack() {
        FleetScenario story = FleetScenario.start()
                .says(reading(PRINTING, file("a.gcode", 600)))
                .says(reading(PRINTING, file("a.gcode", 571)))
                .says(reading(PRINTING, file("a.gcode", 5)));

        assertThat(story.eventTypes()).containsExactly("print_started");
        assertThat(story.lastJob()).isNotNull().extracting(LastJob::result).isEqualTo(JobResult.UNKNOWN);
    }

    @Test
    void aJobThatEndedCannotEndAgain() {
        FleetScenario story = printingStory("1")
                .says(reading(FINISHED, null))
                .says(printing("1"))
                .says(reading(FINISHED, null));

        assertThat(story.eventTypes()).containsExactly("print_finished");
    }

    @Test
    void aPrintThatBeganAndEndedBetweenTwoPollsIsOnlyTheLastJob() {
        FleetScenario story = FleetScenario.start().says(idle()).says(reading(FINISHED, job("7")));

        assertThat(story.eventTypes()).isEmpty();
        assertLast(story, "7", JobResult.FINISHED);
    }

    @Test
    void theFirstReadingIsABaseline() {
        for (PrinterState state : List.of(IDLE, PRINTING, FINISHED, CANCELLED, ERROR, ATTENTION, PAUSED, UNKNOWN)) {
            FleetScenario story = FleetScenario.start().says(reading(state, state == IDLE ? null : job("1")));
            assertThat(story.events).as(state.name()).isEmpty();
        }
    }

    @Test
    void oneMissedPollSwallowsNoEventAndTellsNone() {
        FleetScenario story = printingStory("1").misses(1).says(reading(FINISHED, null));

        assertThat(story.eventTypes()).containsExactly("print_finished");
    }

    @Test
    void aPrintThatEndedWhileThePrinterWasOfflineIsNoEvent() {
        FleetScenario story = printingStory("1").misses(2).says(reading(FINISHED, null));

        assertThat(story.eventTypes()).containsExactly("printer_offline", "printer_online");
        assertLast(story, "1", JobResult.FINISHED);
        assertThat(lastOf(story).endedAt()).isNull();
    }

    @Test
    void aPrintThatGoesOnAfterOfflineIsNoEventAndEndsAsUsual() {
        FleetScenario story = printingStory("1").misses(2).says(printing("1")).says(reading(FINISHED, null));

        assertThat(story.eventTypes()).containsExactly("printer_offline", "printer_online", "print_finished");
    }

    @Test
    void aPrintThatGoesOnAfterARestartIsNoEventAndEndsAsUsual() {
        FleetScenario story = printingStory("1").restarted().says(printing("1")).says(reading(FINISHED, null));

        assertThat(story.eventTypes()).containsExactly("print_finished");
    }

    @Test
    void aResultStatedAfterARestartIsTheLastJobAndNoEvent() {
        FleetScenario story = printingStory("1").restarted().says(reading(CANCELLED, job("1")));

        assertThat(story.events).isEmpty();
        assertLast(story, "1", JobResult.CANCELLED);
    }

    @Test
    void aPrintThatIsGoneAfterARestartEndedUnknown() {
        FleetScenario story = printingStory("1").restarted().says(idle());

        assertThat(story.events).isEmpty();
        assertLast(story, "1", JobResult.UNKNOWN);
        assertThat(lastOf(story).endedAt()).isNull();
    }

    @Test
    void anotherPrintAfterARestartLeavesTheOldOneUnknown() {
        FleetScenario story = printingStory("1").restarted().says(printing("2"));

        assertThat(story.events).isEmpty();
        assertLast(story, "1", JobResult.UNKNOWN);
        assertThat(Objects.requireNonNull(story.ledger.get(FleetScenario.ID)).running())
                .isEqualTo(job("2"));
    }

    @Test
    void anErrorThatNamesNoJobAfterARestartDoesNotSayThatThePrintFailed() {
        FleetScenario story = printingStory("1").restarted().says(reading(ERROR, null));

        assertThat(story.events).isEmpty();
        assertLast(story, "1", JobResult.UNKNOWN);
    }

    @Test
    void theLastJobSurvivesARestart() {
        FleetScenario story = printingStory("1").says(reading(FINISHED, null)).restarted();

        assertLast(story, "1", JobResult.FINISHED);
        assertLast(story.says(idle()), "1", JobResult.FINISHED);
    }

    @Test
    void aChangedRegistrationBeginsANewBaseline() {
        FleetScenario story =
                printingStory("1").register(FleetScenario.renamed("New name")).says(reading(FINISHED, null));

        assertThat(story.eventTypes()).isEmpty();
        assertLast(story, "1", JobResult.FINISHED);
    }

    @Test
    void everyEventHasAnIdOfItsOwn() {
        FleetScenario story = printingStory("1")
                .says(reading(PAUSED, job("1")))
                .says(printing("1"))
                .misses(2)
                .says(printing("1"))
                .says(reading(FINISHED, null));

        assertThat(story.events)
                .extracting("id")
                .doesNotHaveDuplicates()
                .allMatch(id -> id.toString().matches("mk4-" + FleetScenario.BEGIN.toEpochMilli() + "-\\d+-\\d+"));
    }

    @Test
    void aPrinterThatIsRemovedAndAddedAgainRepeatsNoEventId() {
        FleetScenario story = printingStory("1").says(reading(FINISHED, null));
        story.book().remove(FleetScenario.ID);
        story.register(FleetScenario.printer()).says(printing("1")).says(reading(FINISHED, null));

        assertThat(story.eventTypes()).containsExactly("print_finished", "print_finished");
        assertThat(story.events).extracting(PrinterEvent::id).doesNotHaveDuplicates();
    }

    @Test
    void anEndWithoutAJobCarriesThePrintOfTheReadingBefore() {
        Job layered = new Job("1", "clip.gcode", 97.5, 600L, 20L, 118, 120);
        FleetScenario story = printingStory("0").says(reading(PRINTING, layered)).says(reading(FINISHED, null));

        PrinterEvent end = story.events.get(story.events.size() - 1);
        assertThat(end.type().word()).isEqualTo("print_finished");
        JobStatus about = Objects.requireNonNull(end.job());
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
    void anEndBeforeTheEndCarriesHowFarThePrintCame(PrinterState end) {
        Job named = new Job("1", "file-1.gcode", null, null, null, null, null);
        FleetScenario story = printingStory("1").says(reading(end, named));

        JobStatus about = Objects.requireNonNull(story.events.get(0).job());
        assertThat(about.job()).isEqualTo(job("1"));
        assertThat(about.finishAt()).isNull();
    }

    @Test
    void eventsOfARunningPrintCarryItsFinish() {
        FleetScenario story = FleetScenario.start().says(idle()).says(printing("1"));

        JobStatus about = Objects.requireNonNull(story.events.get(0).job());
        assertThat(about).isEqualTo(story.status().job());
        assertThat(about.finishAt()).isNotNull();
    }

    @Test
    void aPrinterThatGoesOfflineNamesThePrintThatItTakesAlong() {
        FleetScenario story = printingStory("1").misses(2).says(printing("1"));

        assertThat(story.eventTypes()).containsExactly("printer_offline", "printer_online");
        assertThat(story.events.get(0).job()).isEqualTo(new JobStatus(job("1"), null, true));
        assertThat(story.events.get(1).job()).isEqualTo(story.status().job());
    }

    @Test
    void theNameOfTheFileIsKeptWhereALaterAnswerLacksIt() {
        Job nameless = new Job("1", null, 60.0, 110L, 90L, null, null);
        FleetScenario story = printingStory("1").says(reading(PRINTING, nameless)).says(reading(FINISHED, null));

        assertThat(lastOf(story).file()).isEqualTo("file-1.gcode");
    }

    @Test
    void anUntouchedLedgerStaysAsItWas() {
        FleetScenario story = FleetScenario.start(2, Map.of())
                .says(idle())
                .waits(Duration.ofHours(1))
                .says(idle());

        assertThat(story.ledger).isEmpty();
    }

    private static FleetScenario printingStory(String id) {
        return FleetScenario.start().says(printing(id));
    }

    private static LastJob lastOf(FleetScenario story) {
        return Objects.requireNonNull(story.lastJob(), "a last job");
    }

    private static void assertLast(FleetScenario story, String id, JobResult result) {
        LastJob last = lastOf(story);
        assertThat(last.id()).isEqualTo(id);
        assertThat(last.result()).isEqualTo(result);
    }
}
