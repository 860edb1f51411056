package io.github.printer2mqtt.fleet;

import static io.github.printer2mqtt.fleet.FleetScenario.idle;
import static io.github.printer2mqtt.fleet.FleetScenario.reading;
import static io.github.printer2mqtt.fleet.PlateReadings.assertPlate;
import static io.github.printer2mqtt.fleet.PlateReadings.bed;
import static io.github.printer2mqtt.fleet.PlateReadings.ended;
import static io.github.printer2mqtt.fleet.PlateReadings.finishes;
import static io.github.printer2mqtt.fleet.PlateReadings.job;
import static io.github.printer2mqtt.fleet.PlateReadings.past;
import static io.github.printer2mqtt.fleet.PlateReadings.plateEvents;
import static io.github.printer2mqtt.fleet.PlateReadings.printing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status.Plate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The plate after a missed poll, an outage or a restart of the bridge. */
class PlateAfterGapTest {
    private FleetScenario scenario = FleetScenario.start();

    @Test
    void cancelledAtZeroAfterAMissedPollOccupies() {
        scenario.reports(printing("1", 0.0)).fails(1).reports(ended(PrinterState.CANCELLED, "1", null));
        assertThat(scenario.plate()).isEqualTo(Plate.State.COOLING);
    }

    @Test
    void printThatEndedUnseenOccupies() {
        scenario.reports(printing("1", 0.0)).fails(3);
        assertPlate(scenario, Plate.State.IN_USE);
        scenario.reports(bed(idle(), 25));
        assertPlate(scenario, Plate.State.READY);
        assertThat(scenario.eventTypes()).containsExactly("printer_offline", "printer_online", "plate_ready");
    }

    @Test
    void printThatContinuesAfterAGapStaysInUse() {
        scenario.reports(printing("1", 10.0)).fails(3).reports(printing("1", 20.0));
        assertPlate(scenario, Plate.State.IN_USE);
        scenario = scenario.restarted();
        assertPlate(scenario, Plate.State.IN_USE);
        scenario.reports(printing("1", 30.0));
        assertPlate(scenario, Plate.State.IN_USE);
        assertThat(plateEvents(scenario)).isEmpty();
    }

    @Test
    void restartShortensNoCooling() {
        scenario.reports(printing("1", 10.0)).reports(bed(ended(PrinterState.FINISHED, "1", 100.0), 80));
        scenario = scenario.restarted().waits(Duration.ofMinutes(59));
        scenario.fails(1);
        assertPlate(scenario, Plate.State.COOLING);
        scenario.waits(Duration.ofMinutes(2)).fails(1);
        assertPlate(scenario, Plate.State.READY);
        scenario = scenario.restarted();
        assertPlate(scenario, Plate.State.READY);
    }

    @Test
    void finishedPrintAtTheFirstReadingOccupiesWithoutAnEvent() {
        scenario.reports(bed(ended(PrinterState.FINISHED, "1", 100.0), 25));
        assertPlate(scenario, Plate.State.READY);
        assertThat(scenario.events).isEmpty();
    }

    @Test
    void oldErrorOrHistoryAtTheFirstReadingProvesNothing() {
        scenario.reports(ended(PrinterState.ERROR, "1", 30.0));
        assertThat(scenario.plate()).isNull();
        scenario = FleetScenario.start();
        scenario.reports(idle().withPastJob(past("clip.gcode", FleetScenario.BEGIN.minusSeconds(9))));
        assertThat(scenario.plate()).isNull();
    }

    @Test
    void clearedPlateStaysClearWhileThePrinterStillShowsThePrint() {
        finishes(scenario, "1");
        scenario.clearsPlate();
        scenario.fails(5).reports(bed(ended(PrinterState.FINISHED, "1", 100.0), 25));
        assertPlate(scenario, Plate.State.CLEAR);
        scenario = scenario.restarted().reports(bed(ended(PrinterState.FINISHED, "1", 100.0), 25));
        assertPlate(scenario, Plate.State.CLEAR);
    }

    @Test
    void samePrintMadeAgainUnseenOccupies() {
        finishes(scenario, null);
        scenario.clearsPlate();
        scenario = scenario.restarted();
        scenario.reports(bed(reading(PrinterState.FINISHED, job(null, 100.0, 1234)), 25));
        assertPlate(scenario, Plate.State.READY);
    }

    @Test
    void samePrintThatEndedUnseenTwiceIsStoredAsEnded() {
        for (int i = 0; i < 2; i++) {
            scenario.reports(printing(null, 50.0)).fails(3).reports(idle());
            scenario.clearsPlate();
        }
        scenario = scenario.restarted().reports(idle());
        assertPlate(scenario, Plate.State.CLEAR);
    }

    /** In an error some firmwares go on counting the printing time. */
    @Test
    void printingTimeLongerThanTheGapIsNoProofOfAnotherPrint() {
        scenario.reports(printing(null, 50.0)).reports(reading(PrinterState.ERROR, job(null, 50.0, 120)));
        scenario.clearsPlate();
        scenario.fails(3).reports(reading(PrinterState.ERROR, job(null, 50.0, 128)));
        assertPlate(scenario, Plate.State.CLEAR);
        scenario.fails(1).waits(Duration.ofMinutes(10)).fails(1);
        scenario.reports(reading(PrinterState.ERROR, job(null, 50.0, 500)));
        assertThat(scenario.plate()).isEqualTo(Plate.State.COOLING);
    }

    @Test
    void printOfTheHistoryOccupiesIfItEndedLater() {
        finishes(scenario, "1");
        scenario.clearsPlate();
        Instant cleared = scenario.now();
        scenario = scenario.restarted();
        scenario.reports(idle().withPastJob(past("other.gcode", cleared.minusSeconds(3600))));
        assertPlate(scenario, Plate.State.CLEAR);
        scenario = scenario.restarted().waits(Duration.ofHours(3));
        scenario.reports(idle().withPastJob(past("third.gcode", cleared.plusSeconds(3600))));
        assertThat(scenario.plate()).isEqualTo(Plate.State.COOLING);
    }
}
