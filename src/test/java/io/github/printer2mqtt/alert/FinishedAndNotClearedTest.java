package io.github.printer2mqtt.alert;

import static io.github.printer2mqtt.alert.AlertScenario.finished;
import static io.github.printer2mqtt.alert.AlertScenario.printing;
import static io.github.printer2mqtt.alert.AlertScenario.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.AlertsConfig;
import io.github.printer2mqtt.printer.Alert;
import io.github.printer2mqtt.printer.PrinterState;
import io.github.printer2mqtt.printer.Severity;
import org.junit.jupiter.api.Test;

class FinishedAndNotClearedTest {
    private final AlertScenario story = new AlertScenario();

    @Test
    void isAnAlertAfterItsTimeUntilTheNextPrint() {
        story.shows(finished("297")).waits(29);
        assertThat(story.told).isEmpty();
        story.waits(600);
        assertThat(story.open()).singleElement().satisfies(alert -> {
            assertThat(alert.severity()).isEqualTo(Severity.INFO);
            assertThat(alert.message()).isEqualTo("Finished and not cleared for 30 minutes: clip.gcode");
        });
        story.shows(printing(0.0)).waits(1);
        assertThat(story.toldNow()).containsExactly("+not_cleared", "-not_cleared");
    }

    @Test
    void isAnotherAlertWhenTheNextPrintIsFinishedToo() {
        story.shows(finished("297")).waits(31).shows(finished("298")).waits(31);
        assertThat(story.toldNow()).containsExactly("+not_cleared", "-not_cleared", "+not_cleared");
        assertThat(story.open()).extracting(Alert::since).doesNotContain(AlertScenario.BEGIN);
    }

    @Test
    void isNoneByDefaultAndNeverOfACancelledPrint() {
        story.shows(state(PrinterState.CANCELLED)).waits(600);
        story.thresholds = AlertsConfig.defaults();
        story.shows(finished("297")).waits(600);
        assertThat(story.told).isEmpty();
    }
}
