package io.github.printer2mqtt.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.InMemoryAlerts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AlertMetricsTest {
    private static final PrinterId VORON = new PrinterId("voron");

    @Test
    void openAlertsAreCountedAndNamedUntilTheyClear() {
        MetricsRegistry metricsRegistry = new MetricsRegistry();
        InMemoryAlerts alerts = new InMemoryAlerts();
        AlertMetrics.register(metricsRegistry, alerts);

        alerts.add(new Alert(VORON, AlertCode.ERROR, Alert.Severity.CRITICAL, "the nozzle is clogged", Instant.EPOCH));

        assertThat(text(metricsRegistry))
                .contains(
                        "printer2mqtt_alerts{code=\"error\",severity=\"critical\"} 1.0",
                        "printer2mqtt_alerts{code=\"offline\",severity=\"warning\"} 0.0",
                        "printer2mqtt_printer_alert{code=\"error\",printer=\"voron\",severity=\"critical\"} 1.0")
                .doesNotContain("clogged");

        Await.done(alerts.acknowledge(VORON, AlertCode.ERROR));

        assertThat(text(metricsRegistry))
                .contains("printer2mqtt_alerts{code=\"error\",severity=\"critical\"} 0.0")
                .doesNotContain("voron");
    }

    private static String text(MetricsRegistry metricsRegistry) {
        return new String(metricsRegistry.prometheusText(), StandardCharsets.UTF_8);
    }
}
