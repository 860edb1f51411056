package io.github.printer2mqtt.alert;

import static io.github.printer2mqtt.alert.AlertScenario.heated;
import static io.github.printer2mqtt.alert.AlertScenario.inMaintenance;
import static io.github.printer2mqtt.alert.AlertScenario.late;
import static io.github.printer2mqtt.alert.AlertScenario.offline;
import static io.github.printer2mqtt.alert.AlertScenario.printing;
import static io.github.printer2mqtt.alert.AlertScenario.state;
import static io.github.printer2mqtt.alert.AlertScenario.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.model.Temperatures;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertSuppressionTest {
    private static final List<Status> CONDITIONS = List.of(
            state(PrinterState.ERROR),
            state(PrinterState.ATTENTION),
            printing(42.5),
            heated(PrinterState.PRINTING, new Temperatures.Temperature(500.0, 60.0)));

    private final AlertScenario scenario = new AlertScenario();

    @Test
    void nothingOpensWhileTheStateIsUnknown() {
        scenario.shows(unknown()).waits(600).shows(state(PrinterState.UNKNOWN)).waits(600);
        assertThat(scenario.notifications).isEmpty();
        assertThat(scenario.trackedPrinters()).isEmpty();
    }

    @Test
    void nothingOpensOrClearsWhileThePrinterIsLate() {
        for (Status condition : CONDITIONS) {
            scenario.shows(late(condition)).waits(600);
        }
        assertThat(scenario.notifications).isEmpty();
        scenario.shows(state(PrinterState.ERROR))
                .shows(late(state(PrinterState.IDLE)))
                .waits(600);
        assertThat(scenario.takeNotifications()).containsExactly("+error");
    }

    @Test
    void latePollsDoNotResetTheTime() {
        Status printing = printing(42.5);
        scenario.shows(printing)
                .waits(20)
                .shows(late(printing))
                .waits(1)
                .shows(printing)
                .waits(9);
        assertThat(scenario.takeNotifications()).containsExactly("+stalled");
    }

    @Test
    void disabledPrinterHasNoAlert() {
        scenario.shows(state(PrinterState.ERROR))
                .shows(offline(FailureReason.TIMEOUT))
                .waits(6);
        scenario.takeNotifications();
        scenario.shows(offline(FailureReason.DISABLED));
        assertThat(scenario.takeNotifications()).containsExactlyInAnyOrder("-error", "-offline");
        assertThat(scenario.stored).isEmpty();
        scenario.waits(600);
        assertThat(scenario.notifications).isEmpty();
        assertThat(scenario.trackedPrinters()).isEmpty();
    }

    @Test
    void printerInMaintenanceHasNoAlert() {
        scenario.shows(state(PrinterState.ERROR))
                .shows(offline(FailureReason.TIMEOUT))
                .waits(6);
        scenario.takeNotifications();
        scenario.shows(inMaintenance(offline(FailureReason.TIMEOUT)));
        assertThat(scenario.takeNotifications()).containsExactlyInAnyOrder("-error", "-offline");
        assertThat(scenario.stored).isEmpty();
        for (Status condition : CONDITIONS) {
            scenario.shows(inMaintenance(condition)).waits(600);
        }
        assertThat(scenario.notifications).isEmpty();
        assertThat(scenario.trackedPrinters()).isEmpty();
        scenario.shows(state(PrinterState.ERROR));
        assertThat(scenario.takeNotifications()).containsExactly("+error");
    }

    @Test
    void removedPrinterHasNoAlert() {
        scenario.shows(state(PrinterState.ERROR)).isRemoved();
        assertThat(scenario.takeNotifications()).containsExactly("+error", "-error");
        assertThat(scenario.stored).isEmpty();
        assertThat(scenario.trackedPrinters()).isEmpty();
    }

    @Test
    void disabledAlertsAreClearedAndStayClosed() {
        scenario.shows(state(PrinterState.ERROR));
        scenario.thresholds = AlertScenario.with(EnumSet.noneOf(AlertCode.class));
        scenario.waits(1);
        assertThat(scenario.takeNotifications()).containsExactly("+error", "-error");
        for (Status condition : CONDITIONS) {
            scenario.shows(condition).waits(60);
        }
        assertThat(scenario.notifications).isEmpty();
    }
}
