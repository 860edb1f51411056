package io.github.printer2mqtt.alert;

import static io.github.printer2mqtt.alert.AlertScenario.offline;
import static io.github.printer2mqtt.alert.AlertScenario.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorAndAttentionAlertTest {
    private final AlertScenario scenario = new AlertScenario();

    @ParameterizedTest
    @CsvSource({
        "ERROR, error, CRITICAL, MINTEMP, Error: MINTEMP",
        "ERROR, error, CRITICAL, , Error",
        "ATTENTION, attention, WARNING, Filament, Needs attention: Filament",
        "ATTENTION, attention, WARNING, , Needs attention"
    })
    void alertOpensAtOnceWithTheMessageOfThePrinter(
            PrinterState state, String code, Alert.Severity severity, String printerMessage, String message) {
        scenario.shows(state(state, printerMessage));
        assertThat(scenario.takeNotifications()).containsExactly("+" + code);
        assertThat(scenario.open()).singleElement().satisfies(alert -> {
            assertThat(alert.severity()).isEqualTo(severity);
            assertThat(alert.message()).isEqualTo(message);
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = PrinterState.class,
            names = {"ERROR", "ATTENTION", "OFFLINE", "UNKNOWN"},
            mode = EnumSource.Mode.EXCLUDE)
    void alertClearsTenSecondsAfterAnyOtherState(PrinterState next) {
        scenario.shows(state(PrinterState.ERROR)).shows(state(next)).waits(Duration.ofSeconds(5));
        assertThat(scenario.takeNotifications()).containsExactly("+error");
        scenario.waits(Duration.ofSeconds(5));
        assertThat(scenario.takeNotifications()).containsExactly("-error");
    }

    @Test
    void flappingPrinterHasOneAlert() {
        for (int i = 0; i < 100; i++) {
            scenario.shows(state(PrinterState.ATTENTION, "door " + i))
                    .waits(Duration.ofSeconds(5))
                    .shows(state(PrinterState.PRINTING))
                    .waits(Duration.ofSeconds(5));
        }
        assertThat(scenario.takeNotifications()).containsExactly("+attention");
        assertThat(scenario.open()).extracting(Alert::message).containsExactly("Needs attention: door 0");
    }

    @Test
    void errorAfterAttentionIsAnotherAlert() {
        scenario.shows(state(PrinterState.ATTENTION))
                .shows(state(PrinterState.ERROR))
                .waits(1);
        assertThat(scenario.takeNotifications()).containsExactly("+attention", "+error", "-attention");
    }

    @Test
    void alertStaysOpenWhileThePrinterIsOffline() {
        scenario.shows(state(PrinterState.ERROR))
                .shows(offline(FailureReason.TIMEOUT))
                .waits(60);
        assertThat(scenario.openCodes()).containsExactly("error", "offline");
        scenario.shows(state(PrinterState.IDLE)).waits(1);
        assertThat(scenario.takeNotifications()).containsExactly("+error", "+offline", "-offline", "-error");
    }
}
