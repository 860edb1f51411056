package io.github.printer2mqtt.alert;

import static io.github.printer2mqtt.alert.AlertScenario.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AcknowledgedAlertTest {
    private final AlertScenario scenario = new AlertScenario();

    @Test
    void staysClearedUntilItsConditionEnds() {
        scenario.shows(state(PrinterState.ERROR));
        assertThat(scenario.acknowledges(AlertCode.ERROR)).isTrue();
        assertThat(scenario.takeNotifications()).containsExactly("+error", "-error");
        assertThat(scenario.open()).isEmpty();
        scenario.waits(600);
        scenario.shows(state(PrinterState.IDLE)).waits(Duration.ofSeconds(5)).shows(state(PrinterState.ERROR));
        assertThat(scenario.notifications).isEmpty();
    }

    @Test
    void opensAgainWhenItsConditionReturns() {
        scenario.shows(state(PrinterState.ERROR));
        scenario.acknowledges(AlertCode.ERROR);
        scenario.shows(state(PrinterState.IDLE)).waits(1);
        scenario.takeNotifications();
        scenario.shows(state(PrinterState.ERROR));
        assertThat(scenario.takeNotifications()).containsExactly("+error");
    }

    @Test
    void onlyAnOpenAlertIsAcknowledgedAndOnlyOnce() {
        assertThat(scenario.acknowledges(AlertCode.ERROR)).isFalse();
        scenario.shows(state(PrinterState.ERROR));
        assertThat(scenario.acknowledges(AlertCode.OFFLINE)).isFalse();
        assertThat(scenario.acknowledges(AlertCode.ERROR)).isTrue();
        assertThat(scenario.acknowledges(AlertCode.ERROR)).isFalse();
        assertThat(scenario.takeNotifications()).containsExactly("+error", "-error");
    }
}
