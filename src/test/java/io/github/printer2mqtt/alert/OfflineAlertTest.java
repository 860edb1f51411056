package io.github.printer2mqtt.alert;

import static io.github.printer2mqtt.alert.AlertScenario.offline;
import static io.github.printer2mqtt.alert.AlertScenario.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OfflineAlertTest {
    private final AlertScenario scenario = new AlertScenario();

    @ParameterizedTest
    @CsvSource({"299, ''", "300, offline", "301, offline", "86400, offline"})
    void opensAfterFiveMinutes(int seconds, String open) {
        scenario.shows(offline(FailureReason.TIMEOUT)).waits(Duration.ofSeconds(seconds));
        assertThat(String.join(",", scenario.openCodes())).isEqualTo(open);
    }

    @Test
    void messageHasTheReasonAndSinceIsTheStart() {
        scenario.shows(offline(FailureReason.AUTH)).waits(10);
        assertThat(scenario.open())
                .containsExactly(new Alert(
                        AlertScenario.ID,
                        AlertCode.OFFLINE,
                        Alert.Severity.WARNING,
                        "Offline for 5 minutes: it rejects the credentials",
                        AlertScenario.BEGIN));
    }

    @Test
    void opensOnceAndClearsWithTheFirstResponse() {
        scenario.shows(offline(FailureReason.TIMEOUT))
                .waits(20)
                .shows(offline(FailureReason.UNREACHABLE))
                .waits(20);
        assertThat(scenario.takeNotifications()).containsExactly("+offline");
        assertThat(scenario.shows(state(PrinterState.IDLE)).takeNotifications()).containsExactly("-offline");
        assertThat(scenario.trackedPrinters()).isEmpty();
    }

    @Test
    void timeRestartsWithEachOutage() {
        for (int i = 0; i < 10; i++) {
            scenario.shows(offline(FailureReason.TIMEOUT))
                    .waits(Duration.ofSeconds(295))
                    .shows(state(PrinterState.IDLE));
        }
        assertThat(scenario.notifications).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(FailureReason.class)
    void messageIsShortForEveryReason(FailureReason reason) {
        scenario.shows(offline(reason)).waits(6);
        if (reason == FailureReason.DISABLED) {
            assertThat(scenario.open()).isEmpty();
        } else {
            assertThat(scenario.open())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.message())
                            .startsWith("Offline for 5 minutes: ")
                            .hasSizeLessThan(100));
        }
    }
}
