package io.github.printer2mqtt.fleet;

import static io.github.printer2mqtt.fleet.FleetScenario.idle;
import static io.github.printer2mqtt.fleet.FleetScenario.idleAfter;
import static io.github.printer2mqtt.fleet.PlateReadings.assertPlate;
import static io.github.printer2mqtt.fleet.PlateReadings.bed;
import static io.github.printer2mqtt.fleet.PlateReadings.ended;
import static io.github.printer2mqtt.fleet.PlateReadings.finishes;
import static io.github.printer2mqtt.fleet.PlateReadings.plateEvents;
import static io.github.printer2mqtt.fleet.PlateReadings.printing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status.Plate;
import io.github.printer2mqtt.testing.TestPrinters;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlateTest {
    private FleetScenario scenario = FleetScenario.start();

    @Test
    void followsAPrintFromStartToTheNext() {
        scenario.reports(bed(idle(), 25));
        assertThat(scenario.plate()).as("nothing is known yet").isNull();
        scenario.reports(bed(printing("1", 0.0), 30));
        assertPlate(scenario, Plate.State.IN_USE);
        scenario.reports(bed(printing("1", 50.0), 60));
        scenario.reports(bed(ended(PrinterState.FINISHED, "1", 100.0), 60));
        assertPlate(scenario, Plate.State.COOLING);
        Instant cooling = since();
        scenario.waits(Duration.ofMinutes(10)).reports(bed(ended(PrinterState.FINISHED, "1", 100.0), 40.1));
        assertPlate(scenario, Plate.State.COOLING);
        assertThat(since()).isEqualTo(cooling);
        scenario.reports(bed(ended(PrinterState.FINISHED, "1", 100.0), 40));
        assertPlate(scenario, Plate.State.READY);
        assertThat(since()).isEqualTo(scenario.now());
        scenario.reports(bed(printing("2", 0.0), 40));
        assertPlate(scenario, Plate.State.IN_USE);
        assertThat(plateEvents(scenario)).containsExactly("plate_ready", "plate_cleared");
        assertThat(scenario.eventTypes())
                .containsExactly("print_started", "print_finished", "plate_ready", "print_started", "plate_cleared");
        assertThat(scenario.events).extracting(PrinterEvent::id).doesNotHaveDuplicates();
    }

    @Test
    void eventNamesThePrintOnThePlate() {
        finishes(scenario, "7");
        PrinterEvent ready = scenario.events.get(scenario.events.size() - 1);
        assertThat(ready.type()).isEqualTo(PrinterEvent.Type.PLATE_READY);
        Job onPlate = Objects.requireNonNull(ready.job()).job();
        assertThat(onPlate.id()).isEqualTo("7");
        assertThat(onPlate.file()).isEqualTo("clip.gcode");
        assertThat(ready.job().finishAt()).isNull();
    }

    @Test
    void userClearsOnceAndOnlyWhatIsNotInUse() {
        scenario.reports(printing("1", 10.0));
        assertThat(scenario.clearsPlate()).isEqualTo(Plate.State.IN_USE);
        assertPlate(scenario, Plate.State.IN_USE);
        scenario.reports(bed(ended(PrinterState.CANCELLED, "1", 10.0), 90));
        assertThat(scenario.clearsPlate()).as("also while it is hot").isNull();
        assertPlate(scenario, Plate.State.CLEAR);
        assertThat(scenario.clearsPlate()).isEqualTo(Plate.State.CLEAR);
        assertThat(plateEvents(scenario)).containsExactly("plate_cleared");
        scenario.reports(bed(ended(PrinterState.CANCELLED, "1", 10.0), 30));
        assertPlate(scenario, Plate.State.CLEAR);
    }

    @Test
    void unknownPlateCanBeClearedBeforeThePrinterAnswers() {
        assertThat(scenario.clearsPlate()).isNull();
        assertPlate(scenario, Plate.State.CLEAR);
        PrinterEvent cleared = scenario.events.get(0);
        assertThat(cleared.job()).isNull();
        scenario.fleet().remove(FleetScenario.ID);
        scenario.register(FleetScenario.printer()).clearsPlate();
        assertThat(scenario.events)
                .extracting(PrinterEvent::id)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = PrinterState.class,
            names = {"FINISHED", "CANCELLED", "ERROR"})
    void endedPrintOccupiesUnlessItIsKnownToHavePrintedNothing(PrinterState end) {
        for (Double progress : new Double[] {0.0, null, 3.0}) {
            scenario = FleetScenario.start();
            scenario.reports(printing("1", progress)).reports(bed(ended(end, "1", null), 80));
            boolean nothing = progress != null && progress == 0 && end != PrinterState.FINISHED;
            assertThat(scenario.plate())
                    .as("%s at %s", end, progress)
                    .isEqualTo(nothing ? Plate.State.CLEAR : Plate.State.COOLING);
        }
    }

    /** The highest progress counts: a printer that resets it at the end has printed all the same. */
    @Test
    void progressThatIsResetStillOccupies() {
        scenario.reports(printing("1", 12.0))
                .reports(printing("1", 0.0))
                .reports(ended(PrinterState.CANCELLED, "1", 0.0));
        assertThat(scenario.plate()).isEqualTo(Plate.State.COOLING);
    }

    @Test
    void printWithoutProofOfItsEndOccupies() {
        scenario.reports(printing("1", 0.0)).reports(idle());
        assertThat(scenario.plate()).isEqualTo(Plate.State.COOLING);
    }

    @Test
    void octoPrintThatCancelsAtZeroLeavesItClear() {
        scenario.reports(printing(null, 0.0)).reports(idleAfter(JobResult.CANCELLED));
        assertPlate(scenario, Plate.State.CLEAR);
        assertThat(plateEvents(scenario)).isEmpty();
    }

    @Test
    void endWithoutProofThatIsWithdrawnClearsNothing() {
        scenario.reports(printing("1", 10.0)).reports(bed(idle(), 60));
        assertPlate(scenario, Plate.State.COOLING);
        scenario.reports(printing("1", 10.0));
        assertPlate(scenario, Plate.State.IN_USE);
        scenario.reports(ended(PrinterState.CANCELLED, "1", 0.0));
        assertPlate(scenario, Plate.State.COOLING);
        assertThat(plateEvents(scenario)).isEmpty();
    }

    @Test
    void coolsByItselfWhileThePrinterIsOff() {
        scenario.reports(printing("1", 10.0)).reports(bed(ended(PrinterState.FINISHED, "1", 100.0), 80));
        Instant lastSeen = scenario.now();
        scenario.fails(2).waits(Duration.ofMinutes(59)).fails(1);
        assertPlate(scenario, Plate.State.COOLING);
        scenario.waits(Duration.ofMinutes(2)).fails(1);
        assertPlate(scenario, Plate.State.READY);
        assertThat(since()).isEqualTo(lastSeen.plus(Duration.ofHours(1)));
        assertThat(plateEvents(scenario)).containsExactly("plate_ready");
        scenario.reports(bed(idle(), 70));
        assertPlate(scenario, Plate.State.COOLING);
    }

    @Test
    void printerWithoutABedTemperatureIsReadyAfterTheTime() {
        scenario.reports(printing("1", 10.0)).reports(ended(PrinterState.FINISHED, "1", 100.0));
        scenario.waits(Duration.ofMinutes(59)).reports(ended(PrinterState.FINISHED, "1", 100.0));
        assertPlate(scenario, Plate.State.COOLING);
        scenario.waits(Duration.ofMinutes(2)).reports(ended(PrinterState.FINISHED, "1", 100.0));
        assertPlate(scenario, Plate.State.READY);
    }

    @Test
    void coolingPlateIsStoredOnceAMinuteAtMost() {
        scenario.reports(printing("1", 10.0));
        int stores = 0;
        Object before = null;
        for (int i = 0; i < 300; i++) {
            scenario.reports(bed(ended(PrinterState.FINISHED, "1", 100.0), 80));
            Object now = scenario.storedPlates.get(FleetScenario.ID);
            stores += Objects.equals(now, before) ? 0 : 1;
            before = now;
        }
        assertThat(stores).isLessThanOrEqualTo(11);
    }

    @Test
    void noiseOfTheSensorChangesNothingAndPreheatingDoes() {
        finishes(scenario, "1");
        for (double noise : new double[] {40.3, 39.8, 41.9, 42}) {
            scenario.reports(bed(ended(PrinterState.FINISHED, "1", 100.0), noise));
            assertPlate(scenario, Plate.State.READY);
        }
        scenario.reports(bed(ended(PrinterState.FINISHED, "1", 100.0), 42.1));
        assertPlate(scenario, Plate.State.COOLING);
        assertThat(plateEvents(scenario)).containsExactly("plate_ready");
    }

    @Test
    void disabledPrinterCoolsWithoutAnEventWithTheOthers() {
        scenario.reports(printing("1", 10.0)).reports(bed(ended(PrinterState.FINISHED, "1", 100.0), 80));
        scenario.register(FleetScenario.disabled());
        FleetState fleet = scenario.fleet();
        PrinterId other = new PrinterId("other");
        long generation = fleet.register(TestPrinters.printer(other, "Other", "prusalink", "192.0.2.21"), Set.of(), 2);
        scenario.waits(Duration.ofMinutes(61));
        fleet.record(new Observation(other, generation, idle(), Duration.ZERO, scenario.now()));
        assertPlate(scenario, Plate.State.READY);
        assertThat(scenario.clearsPlate()).isNull();
        assertPlate(scenario, Plate.State.CLEAR);
        assertThat(plateEvents(scenario)).isEmpty();
    }

    @Test
    void removedPrinterLeavesNoPlate() {
        finishes(scenario, "1");
        scenario.fleet().remove(FleetScenario.ID);
        assertThat(scenario.storedPlates).isEmpty();
        scenario.register(FleetScenario.printer());
        assertThat(scenario.plate()).isNull();
    }

    private Instant since() {
        return Objects.requireNonNull(scenario.status().plate()).since();
    }
}
