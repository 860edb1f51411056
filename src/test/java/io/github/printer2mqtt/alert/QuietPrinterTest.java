package io.github.printer2mqtt.alert;

import static io.github.printer2mqtt.alert.AlertScenario.heated;
import static io.github.printer2mqtt.alert.AlertScenario.late;
import static io.github.printer2mqtt.alert.AlertScenario.offline;
import static io.github.printer2mqtt.alert.AlertScenario.printing;
import static io.github.printer2mqtt.alert.AlertScenario.state;
import static io.github.printer2mqtt.alert.AlertScenario.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.printer.AlertCode;
import io.github.printer2mqtt.printer.FailureReason;
import io.github.printer2mqtt.printer.PrinterState;
import io.github.printer2mqtt.printer.Status;
import io.github.printer2mqtt.printer.Temperature;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuietPrinterTest {
    private static final List<Status> CONDITIONS = List.of(
            state(PrinterState.ERROR),
            state(PrinterState.ATTENTION),
            printing(42.5),
            heated(PrinterState.PRINTING, new Temperature(500.0, 60.0)));

    private final AlertScenario story = new AlertScenario();

    @Test
    void opensNothingWhileItIsNotDecided() {
        story.shows(unknown()).waits(600).shows(state(PrinterState.UNKNOWN)).waits(600);
        assertThat(story.told).isEmpty();
        assertThat(story.watched()).isEmpty();
    }

    @Test
    void opensAndClearsNothingWhileItIsLate() {
        for (Status condition : CONDITIONS) {
            story.shows(late(condition)).waits(600);
        }
        assertThat(story.told).isEmpty();
        story.shows(state(PrinterState.ERROR))
                .shows(late(state(PrinterState.IDLE)))
                .waits(600);
        assertThat(story.toldNow()).containsExactly("+error");
    }

    @Test
    void goesOnCountingWhenItWasLate() {
        Status printing = printing(42.5);
        story.shows(printing)
                .waits(20)
                .shows(late(printing))
                .waits(1)
                .shows(printing)
                .waits(9);
        assertThat(story.toldNow()).containsExactly("+stalled");
    }

    @Test
    void hasNoAlertWhenItIsDisabled() {
        story.shows(state(PrinterState.ERROR))
                .shows(offline(FailureReason.TIMEOUT))
                .waits(6);
        story.toldNow();
        story.shows(offline(FailureReason.DISABLED));
        assertThat(story.toldNow()).containsExactlyInAnyOrder("-error", "-offline");
        assertThat(story.ledger).isEmpty();
        story.waits(600);
        assertThat(story.told).isEmpty();
        assertThat(story.watched()).isEmpty();
    }

    @Test
    void hasNoAlertWhenItIsRemoved() {
        story.shows(state(PrinterState.ERROR)).isRemoved();
        assertThat(story.toldNow()).containsExactly("+error", "-error");
        assertThat(story.ledger).isEmpty();
        assertThat(story.watched()).isEmpty();
    }

    @Test
    void hasNoAlertThatIsSwitchedOff() {
        story.shows(state(PrinterState.ERROR));
        story.thresholds = AlertScenario.with(EnumSet.noneOf(AlertCode.class));
        story.waits(1);
        assertThat(story.toldNow()).containsExactly("+error", "-error");
        for (Status condition : CONDITIONS) {
            story.shows(condition).waits(60);
        }
        assertThat(story.told).isEmpty();
    }
}
