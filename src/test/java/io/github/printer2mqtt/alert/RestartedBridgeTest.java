package io.github.printer2mqtt.alert;

import static io.github.printer2mqtt.alert.AlertScenario.finished;
import static io.github.printer2mqtt.alert.AlertScenario.heated;
import static io.github.printer2mqtt.alert.AlertScenario.offline;
import static io.github.printer2mqtt.alert.AlertScenario.printing;
import static io.github.printer2mqtt.alert.AlertScenario.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.printer.Alert;
import io.github.printer2mqtt.printer.AlertCode;
import io.github.printer2mqtt.printer.FailureReason;
import io.github.printer2mqtt.printer.PrinterState;
import io.github.printer2mqtt.printer.Status;
import io.github.printer2mqtt.printer.Temperature;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RestartedBridgeTest {
    private final AlertScenario story = new AlertScenario();

    static Stream<Arguments> conditions() {
        return Stream.of(
                Arguments.of("offline", offline(FailureReason.TIMEOUT)),
                Arguments.of("error", state(PrinterState.ERROR, "MINTEMP")),
                Arguments.of("attention", state(PrinterState.ATTENTION)),
                Arguments.of("stalled", printing(42.5)),
                Arguments.of("temperature", heated(PrinterState.IDLE, new Temperature(130.0, null))),
                Arguments.of("temperature", heated(PrinterState.PRINTING, new Temperature(30.0, 60.0))),
                Arguments.of("not_cleared", finished("297")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("conditions")
    void keepsOpenWhatStillHoldsAndTellsItOnce(String code, Status condition) {
        story.shows(condition).waits(40);
        List<Alert> before = story.open();
        assertThat(story.toldNow()).containsExactly("+" + code);
        story.restarts().waits(1);
        assertThat(story.open()).isEqualTo(before);
        story.shows(condition).waits(600);
        assertThat(story.open()).isEqualTo(before);
        assertThat(story.told).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("conditions")
    void clearsWhatIsOver(String code, Status condition) {
        story.shows(condition).waits(40).restarts();
        story.toldNow();
        story.shows(state(PrinterState.IDLE)).waits(1);
        assertThat(story.toldNow()).containsExactly("-" + code);
        assertThat(story.ledger).isEmpty();
        assertThat(story.watched()).isEmpty();
    }

    @Test
    void countsAnewWhatWasNotOpenYet() {
        story.shows(offline(FailureReason.TIMEOUT)).waits(4).restarts();
        story.shows(offline(FailureReason.TIMEOUT)).waits(4);
        assertThat(story.told).isEmpty();
        story.waits(1);
        assertThat(story.toldNow()).containsExactly("+offline");
    }

    @Test
    void clearsWhatIsSwitchedOffMeanwhile() {
        story.shows(state(PrinterState.ERROR));
        story.thresholds = AlertScenario.with(EnumSet.of(AlertCode.OFFLINE));
        story.restarts().shows(state(PrinterState.ERROR));
        assertThat(story.toldNow()).containsExactly("+error", "-error");
        assertThat(story.ledger).isEmpty();
    }

    @Test
    void keepsQuietWhatWasAcknowledged() {
        story.shows(state(PrinterState.ERROR));
        story.acknowledges(AlertCode.ERROR);
        story.toldNow();
        story.restarts().shows(state(PrinterState.ERROR)).waits(60);
        assertThat(story.open()).isEmpty();
        story.shows(state(PrinterState.IDLE)).waits(1);
        assertThat(story.told).isEmpty();
        assertThat(story.ledger).isEmpty();
    }
}
