package io.github.printer2mqtt.alert;

import static io.github.printer2mqtt.alert.AlertScenario.offline;
import static io.github.printer2mqtt.alert.AlertScenario.printing;
import static io.github.printer2mqtt.alert.AlertScenario.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StalledAlertTest {
    private final AlertScenario scenario = new AlertScenario();

    @ParameterizedTest
    @CsvSource({"1799, ''", "1800, stalled", "7200, stalled"})
    void opensAfterHalfAnHour(int seconds, String open) {
        scenario.shows(printing(42.5)).waits(Duration.ofSeconds(seconds));
        assertThat(String.join(",", scenario.openCodes())).isEqualTo(open);
    }

    @Test
    void messageNamesFileAndProgress() {
        scenario.shows(printing(42.5)).waits(31);
        assertThat(scenario.open())
                .extracting(Alert::message)
                .containsExactly("No progress: clip.gcode stays at 42.5 %");
    }

    @Test
    void clearsWithProgressAndMayOpenAgain() {
        scenario.shows(printing(42.5)).waits(40).shows(printing(42.6));
        assertThat(scenario.takeNotifications()).containsExactly("+stalled", "-stalled");
        scenario.waits(Duration.ofMinutes(29));
        assertThat(scenario.takeNotifications()).isEmpty();
        scenario.waits(Duration.ofMinutes(1));
        assertThat(scenario.takeNotifications()).containsExactly("+stalled");
    }

    @Test
    void ignoresSlowPrints() {
        for (int tenths = 0; tenths < 100; tenths++) {
            scenario.shows(printing(tenths / 10.0)).waits(29);
        }
        for (int layer = 0; layer < 10; layer++) {
            scenario.shows(printing(new Job("1", "a", 50.0, null, null, layer, 100)))
                    .waits(29);
        }
        assertThat(scenario.notifications).isEmpty();
    }

    @Test
    void ignoresLongPrintsWithWholePercents() {
        for (int percent = 0; percent < 5; percent++) {
            for (int minute = 0; minute < 120; minute++) {
                long elapsed = 60L * (percent * 120 + minute);
                scenario.shows(printing(
                                new Job("1", "week.gcode", percent * 1.0, elapsed, 720_000 - elapsed, null, null)))
                        .waits(1);
            }
        }
        assertThat(scenario.notifications).isEmpty();
        scenario.waits(180);
        assertThat(scenario.takeNotifications()).containsExactly("+stalled");
    }

    @Test
    void opensDespiteGrowingRemainingTime() {
        for (int minute = 0; minute < 60; minute++) {
            long elapsed = 300 + 60L * minute;
            scenario.shows(printing(new Job("1", "first-layer.gcode", 1.0, elapsed, elapsed * 99, null, null)))
                    .waits(1);
        }
        assertThat(scenario.takeNotifications()).containsExactly("+stalled");
    }

    @ParameterizedTest
    @CsvSource({"PAUSED", "ATTENTION", "PREPARING", "FINISHED", "IDLE", "ERROR", "BUSY"})
    void clearsWhenThePrinterStopsPrinting(PrinterState next) {
        scenario.shows(printing(42.5)).waits(31).shows(state(next));
        assertThat(scenario.notifications).contains("+stalled", "-stalled");
    }

    @Test
    void countsFromTheEndOfAPause() {
        scenario.shows(printing(42.5))
                .waits(29)
                .shows(state(PrinterState.PAUSED))
                .waits(60);
        scenario.shows(printing(42.5)).waits(29);
        assertThat(scenario.notifications).isEmpty();
    }

    @Test
    void outageDoesNotResetTheTime() {
        scenario.shows(printing(42.5))
                .waits(20)
                .shows(offline(FailureReason.TIMEOUT))
                .waits(4);
        scenario.shows(printing(42.5)).waits(6);
        assertThat(scenario.takeNotifications()).containsExactly("+stalled");
    }

    @Test
    void ignoresPrintersWithoutProgress() {
        scenario.shows(printing((Double) null)).waits(600);
        Status nothing = state(PrinterState.PRINTING);
        scenario.shows(nothing).waits(600);
        assertThat(scenario.notifications).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"298, clip.gcode", "297, other.gcode", "298, "})
    void clearsWithAnotherJob(String id, @Nullable String file) {
        scenario.shows(printing(42.5)).waits(31);
        scenario.shows(printing(new Job(id, file, 42.5, null, null, null, null)));
        assertThat(scenario.takeNotifications()).containsExactly("+stalled", "-stalled");
    }
}
