package io.github.printer2mqtt.alert;

import static io.github.printer2mqtt.alert.AlertScenario.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.printer.AlertCode;
import io.github.printer2mqtt.printer.PrinterState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AcknowledgedAlertTest {
    private final AlertScenario story = new AlertScenario();

    @Test
    void clearsAndStaysAwayUntilItsConditionIsOver() {
        story.shows(state(PrinterState.ERROR));
        assertThat(story.acknowledges(AlertCode.ERROR)).isTrue();
        assertThat(story.toldNow()).containsExactly("+error", "-error");
        assertThat(story.open()).isEmpty();
        story.waits(600);
        story.shows(state(PrinterState.IDLE)).waits(Duration.ofSeconds(5)).shows(state(PrinterState.ERROR));
        assertThat(story.told).isEmpty();
    }

    @Test
    void opensAgainWhenItsConditionReturns() {
        story.shows(state(PrinterState.ERROR));
        story.acknowledges(AlertCode.ERROR);
        story.shows(state(PrinterState.IDLE)).waits(1);
        story.toldNow();
        story.shows(state(PrinterState.ERROR));
        assertThat(story.toldNow()).containsExactly("+error");
    }

    @Test
    void isAcknowledgedOnceAndOnlyIfItIsOpen() {
        assertThat(story.acknowledges(AlertCode.ERROR)).isFalse();
        story.shows(state(PrinterState.ERROR));
        assertThat(story.acknowledges(AlertCode.OFFLINE)).isFalse();
        assertThat(story.acknowledges(AlertCode.ERROR)).isTrue();
        assertThat(story.acknowledges(AlertCode.ERROR)).isFalse();
        assertThat(story.toldNow()).containsExactly("+error", "-error");
    }
}
