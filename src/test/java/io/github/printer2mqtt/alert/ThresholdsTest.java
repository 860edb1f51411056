package io.github.printer2mqtt.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.AlertsConfig;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.Printer;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ThresholdsTest {
    private static final AlertsConfig CONFIGURED = AlertScenario.EVERYTHING;

    @Test
    void configurationAppliesWithoutOverrides() {
        assertThat(Thresholds.of(CONFIGURED, Printer.AlertOverrides.none())).isSameAs(CONFIGURED);
    }

    @Test
    void overridesApplyKeyByKey() {
        Printer.AlertOverrides own = new Printer.AlertOverrides(
                Set.of(AlertCode.ERROR),
                null,
                Duration.ofHours(2),
                new Printer.AlertOverrides.Temperature(null, 30, null, 100),
                null);
        assertThat(Thresholds.of(CONFIGURED, own))
                .isEqualTo(new AlertsConfig(
                        Set.of(AlertCode.ERROR),
                        CONFIGURED.offlineAfter(),
                        Duration.ofHours(2),
                        new AlertsConfig.Temperature(Duration.ofMinutes(2), 30, 300, 100),
                        CONFIGURED.notClearedAfter()));
    }
}
