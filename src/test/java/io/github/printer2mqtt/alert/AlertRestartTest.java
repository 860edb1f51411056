package io.github.printer2mqtt.alert;

import static io.github.printer2mqtt.alert.AlertScenario.finished;
import static io.github.printer2mqtt.alert.AlertScenario.heated;
import static io.github.printer2mqtt.alert.AlertScenario.offline;
import static io.github.printer2mqtt.alert.AlertScenario.printing;
import static io.github.printer2mqtt.alert.AlertScenario.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.model.Temperatures;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AlertRestartTest {
    private final AlertScenario scenario = new AlertScenario();

    static Stream<Arguments> conditions() {
        return Stream.of(
                Arguments.of("offline", offline(FailureReason.TIMEOUT)),
                Arguments.of("error", state(PrinterState.ERROR, "MINTEMP")),
                Arguments.of("attention", state(PrinterState.ATTENTION)),
                Arguments.of("stalled", printing(42.5)),
                Arguments.of("temperature", heated(PrinterState.IDLE, new Temperatures.Temperature(130.0, null))),
                Arguments.of("temperature", heated(PrinterState.PRINTING, new Temperatures.Temperature(30.0, 60.0))),
                Arguments.of("not_cleared", finished("297")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("conditions")
    void activeAlertsStayOpenAndAreAnnouncedOnce(String code, Status condition) {
        scenario.shows(condition).waits(40);
        List<Alert> before = scenario.open();
        assertThat(scenario.takeNotifications()).containsExactly("+" + code);
        scenario.restarts().waits(1);
        assertThat(scenario.open()).isEqualTo(before);
        scenario.shows(condition).waits(600);
        assertThat(scenario.open()).isEqualTo(before);
        assertThat(scenario.notifications).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("conditions")
    void endedAlertsAreCleared(String code, Status condition) {
        scenario.shows(condition).waits(40).restarts();
        scenario.takeNotifications();
        scenario.shows(state(PrinterState.IDLE)).waits(1);
        assertThat(scenario.takeNotifications()).containsExactly("-" + code);
        assertThat(scenario.stored).isEmpty();
        assertThat(scenario.trackedPrinters()).isEmpty();
    }

    @Test
    void pendingAlertsStartAgain() {
        scenario.shows(offline(FailureReason.TIMEOUT)).waits(4).restarts();
        scenario.shows(offline(FailureReason.TIMEOUT)).waits(4);
        assertThat(scenario.notifications).isEmpty();
        scenario.waits(1);
        assertThat(scenario.takeNotifications()).containsExactly("+offline");
    }

    @Test
    void disabledAlertsAreCleared() {
        scenario.shows(state(PrinterState.ERROR));
        scenario.thresholds = AlertScenario.with(EnumSet.of(AlertCode.OFFLINE));
        scenario.restarts().shows(state(PrinterState.ERROR));
        assertThat(scenario.takeNotifications()).containsExactly("+error", "-error");
        assertThat(scenario.stored).isEmpty();
    }

    @Test
    void acknowledgedAlertsStayQuiet() {
        scenario.shows(state(PrinterState.ERROR));
        scenario.acknowledges(AlertCode.ERROR);
        scenario.takeNotifications();
        scenario.restarts().shows(state(PrinterState.ERROR)).waits(60);
        assertThat(scenario.open()).isEmpty();
        scenario.shows(state(PrinterState.IDLE)).waits(1);
        assertThat(scenario.notifications).isEmpty();
        assertThat(scenario.stored).isEmpty();
    }
}
