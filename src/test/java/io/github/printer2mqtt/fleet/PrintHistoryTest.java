package io.github.printer2mqtt.fleet;

import static io.github.printer2mqtt.fleet.FleetScenario.BEGIN;
import static io.github.printer2mqtt.fleet.FleetScenario.file;
import static io.github.printer2mqtt.fleet.FleetScenario.idle;
import static io.github.printer2mqtt.fleet.FleetScenario.reading;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A print that ended between two polls becomes the last job if the printer reports it. */
class PrintHistoryTest {
    @ParameterizedTest
    @EnumSource(names = {"FINISHED", "CANCELLED", "IDLE", "ERROR", "BUSY"})
    void printBetweenTwoPollsBecomesTheLastJob(PrinterState before) {
        FleetScenario scenario = FleetScenario.start()
                .reports(reading(before, null))
                .reports(reading(PrinterState.FINISHED, file("b", 9)));

        assertThat(Objects.requireNonNull(scenario.lastJob()).file()).isEqualTo("b");
        assertThat(scenario.lastJob().result()).isEqualTo(JobResult.FINISHED);
        assertThat(scenario.eventTypes()).isEmpty();
    }

    @Test
    void historyNamesAnEarlierPrint() {
        LastJob past = new LastJob("12", "a", JobResult.CANCELLED, BEGIN.minusSeconds(600));

        FleetScenario scenario = FleetScenario.start().reports(idle().withPastJob(past));

        assertThat(scenario.lastJob()).isEqualTo(past);
        assertThat(scenario.eventTypes()).isEmpty();
    }

    @Test
    void historyGivesTheResultOfTheRunningPrint() {
        FleetScenario scenario = FleetScenario.start()
                .reports(idle())
                .reports(reading(PrinterState.PRINTING, file("a", 9)))
                .reports(idle().withPastJob(past("a", JobResult.FINISHED, BEGIN.plusSeconds(5))));

        assertThat(scenario.eventTypes()).containsExactly("print_started", "print_finished");
        assertThat(Objects.requireNonNull(scenario.lastJob()).result()).isEqualTo(JobResult.FINISHED);
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "UNKNOWN", "ATTENTION"})
    void inconclusiveReadingAfterAGapCausesNoEvent(PrinterState first) {
        FleetScenario scenario = FleetScenario.start()
                .reports(idle())
                .reports(reading(PrinterState.PRINTING, file("a", 9)))
                .fails(2)
                .reports(reading(first, null))
                .reports(idle().withPastJob(past("a", JobResult.FAILED, BEGIN.plusSeconds(5))));

        assertThat(scenario.eventTypes())
                .filteredOn(type -> !type.startsWith("attention"))
                .containsExactly("print_started", "printer_offline", "printer_online");
        assertThat(Objects.requireNonNull(scenario.lastJob()).result()).isEqualTo(JobResult.FAILED);
    }

    @Test
    void historyOfAnotherPrintProvesNothing() {
        FleetScenario scenario = FleetScenario.start()
                .reports(idle())
                .reports(reading(PrinterState.PRINTING, file("a", 9)))
                .reports(idle().withPastJob(past("b", JobResult.FINISHED, BEGIN.minusSeconds(500))));

        assertThat(scenario.eventTypes()).containsExactly("print_started");
        assertThat(scenario.lastJob())
                .extracting(LastJob::file, LastJob::result)
                .containsExactly("a", JobResult.UNKNOWN);
    }

    @Test
    void historyGivesTheResultAfterARestart() {
        Instant end = BEGIN.plusSeconds(30);
        FleetScenario scenario = FleetScenario.start()
                .reports(idle())
                .reports(reading(PrinterState.PRINTING, file("a", 9)))
                .restarted()
                .reports(idle().withPastJob(past("a", JobResult.CANCELLED, end)));

        assertThat(scenario.eventTypes()).isEmpty();
        assertThat(scenario.lastJob()).isEqualTo(new LastJob(null, "a", JobResult.CANCELLED, end));
    }

    @Test
    void historyOfTheKnownPrintChangesNothing() {
        FleetScenario scenario = FleetScenario.start()
                .reports(idle())
                .reports(reading(PrinterState.PRINTING, file("a", 9)))
                .reports(reading(PrinterState.FINISHED, file("a", 10)));
        LastJob known = scenario.lastJob();

        scenario.fails(2).reports(idle().withPastJob(past("a", JobResult.FINISHED, BEGIN.plusSeconds(5))));

        assertThat(scenario.lastJob()).isEqualTo(known);
    }

    @Test
    void missingCapabilitiesAreNotOffered() {
        FleetScenario scenario = FleetScenario.start();
        assertThat(scenario.status().capabilities()).containsExactly(Capability.PAUSE);

        scenario.reports(new Reading(
                PrinterState.IDLE,
                null,
                null,
                Temperatures.unknown(),
                null,
                null,
                null,
                null,
                null,
                Set.of(Capability.PAUSE, Capability.HOME),
                null));
        assertThat(scenario.status().capabilities()).isEmpty();
        assertThat(scenario.fails(2).status().capabilities())
                .as("while it is offline")
                .isEmpty();

        assertThat(scenario.reports(idle()).status().capabilities()).containsExactly(Capability.PAUSE);
    }

    private static LastJob past(String file, JobResult result, Instant end) {
        return new LastJob("000022", file, result, end);
    }
}
