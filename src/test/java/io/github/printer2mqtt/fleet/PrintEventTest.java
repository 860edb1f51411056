package io.github.printer2mqtt.fleet;

import static io.github.printer2mqtt.fleet.FleetScenario.idle;
import static io.github.printer2mqtt.fleet.FleetScenario.job;
import static io.github.printer2mqtt.fleet.FleetScenario.printing;
import static io.github.printer2mqtt.fleet.FleetScenario.reading;
import static io.github.printer2mqtt.fleet.FleetScenario.startPrinting;
import static io.github.printer2mqtt.model.PrinterState.FINISHED;
import static io.github.printer2mqtt.model.PrinterState.PAUSED;
import static io.github.printer2mqtt.model.PrinterState.PRINTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ids of events and the job in them. */
class PrintEventTest {
    @Test
    void eventIdsAreUnique() {
        FleetScenario scenario = startPrinting("1")
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
        FleetScenario scenario = startPrinting("1").reports(reading(FINISHED, null));
        scenario.fleet().remove(FleetScenario.ID);
        scenario.register(FleetScenario.printer()).reports(printing("1")).reports(reading(FINISHED, null));

        assertThat(scenario.eventTypes()).containsExactly("print_finished", "print_finished");
        assertThat(scenario.events).extracting(PrinterEvent::id).doesNotHaveDuplicates();
    }

    @Test
    void endWithoutJobDescribesTheLastPrint() {
        Job layered = new Job("1", "clip.gcode", 97.5, 600L, 20L, 118, 120);
        FleetScenario scenario =
                startPrinting("0").reports(reading(PRINTING, layered)).reports(reading(FINISHED, null));

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
        FleetScenario scenario = startPrinting("1").reports(reading(end, named));

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
        FleetScenario scenario = startPrinting("1").fails(2).reports(printing("1"));

        assertThat(scenario.eventTypes()).containsExactly("printer_offline", "printer_online");
        assertThat(scenario.events.get(0).job()).isEqualTo(new Status.CurrentJob(job("1"), null, true));
        assertThat(scenario.events.get(1).job()).isEqualTo(scenario.status().job());
    }
}
