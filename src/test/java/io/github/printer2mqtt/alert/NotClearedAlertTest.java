package io.github.printer2mqtt.alert;

import static io.github.printer2mqtt.alert.AlertScenario.finished;
import static io.github.printer2mqtt.alert.AlertScenario.onPlate;
import static io.github.printer2mqtt.alert.AlertScenario.printing;
import static io.github.printer2mqtt.alert.AlertScenario.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status.Plate;
import org.junit.jupiter.api.Test;

class NotClearedAlertTest {
    private final AlertScenario scenario = new AlertScenario();

    @Test
    void opensAfterItsTimeAndClearsWithTheNextPrint() {
        scenario.shows(finished("297")).waits(29);
        assertThat(scenario.notifications).isEmpty();
        scenario.waits(600);
        assertThat(scenario.open()).singleElement().satisfies(alert -> {
            assertThat(alert.severity()).isEqualTo(Alert.Severity.INFO);
            assertThat(alert.message()).isEqualTo("Plate not cleared for 30 minutes: clip.gcode");
        });
        scenario.shows(printing(0.0)).waits(1);
        assertThat(scenario.takeNotifications()).containsExactly("+not_cleared", "-not_cleared");
    }

    @Test
    void nextFinishedPrintOpensAnotherAlert() {
        scenario.shows(finished("297")).waits(31).shows(finished("298")).waits(31);
        assertThat(scenario.takeNotifications()).containsExactly("+not_cleared", "-not_cleared", "+not_cleared");
        assertThat(scenario.open()).extracting(Alert::since).doesNotContain(AlertScenario.BEGIN);
    }

    /** The time counts from the end of the print, not from when it is cool. */
    @Test
    void cancelledPrintOpensItAlsoWhileCooling() {
        scenario.shows(onPlate(PrinterState.CANCELLED, "297", Plate.State.COOLING))
                .waits(20);
        scenario.shows(onPlate(PrinterState.IDLE, "297", Plate.State.READY)).waits(11);
        assertThat(scenario.takeNotifications()).containsExactly("+not_cleared");
    }

    @Test
    void opensAndClearsWhileThePrinterIsOff() {
        scenario.shows(onPlate(PrinterState.OFFLINE, "297", Plate.State.READY)).waits(31);
        assertThat(scenario.takeNotifications()).contains("+not_cleared");
        scenario.shows(onPlate(PrinterState.OFFLINE, "297", Plate.State.CLEAR));
        assertThat(scenario.takeNotifications()).containsExactly("-not_cleared");
    }

    @Test
    void clearedPlateClosesItAlthoughThePrinterStillShowsThePrint() {
        scenario.shows(finished("297")).waits(31);
        scenario.shows(onPlate(PrinterState.FINISHED, "297", Plate.State.CLEAR)).waits(600);
        assertThat(scenario.takeNotifications()).containsExactly("+not_cleared", "-not_cleared");
    }

    @Test
    void unknownPlateIsNoCondition() {
        scenario.shows(state(PrinterState.CANCELLED)).waits(600);
        assertThat(scenario.notifications).isEmpty();
    }

    @Test
    void isDisabledByDefault() {
        scenario.thresholds = BridgeConfig.defaults().alerts();
        scenario.shows(finished("297")).waits(600);
        assertThat(scenario.notifications).isEmpty();
    }
}
