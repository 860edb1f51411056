package io.github.printer2mqtt.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectionBudgetTest {
    private final MetricsRegistry metricsRegistry = new MetricsRegistry();
    private final AtomicInteger printers = new AtomicInteger();

    @Test
    void healthAndMetricFollowTheNumberOfPrinters() {
        ConnectionBudget.of(1024).show(metricsRegistry, printers::get);
        printers.set(100);

        assertThat(metricsRegistry.health()).containsEntry("files", Health.up());
        assertThat(metrics()).contains("printer2mqtt_needed_fds 496.0", "component_up{component=\"files\"} 1.0");

        printers.set(1_000);

        assertThat(metricsRegistry.health().get("files"))
                .isNotNull()
                .satisfies(health -> assertThat(health.level()).isEqualTo(Health.Level.DEGRADED))
                .satisfies(health -> assertThat(health.detail())
                        .contains("is 1024, 1000 printers need 1496", "ulimit -n", "LimitNOFILE"));
        assertThat(metrics()).contains("printer2mqtt_needed_fds 1496.0", "component_up{component=\"files\"} 0.0");
    }

    @Test
    void warningCountsPrintersInWords() {
        ConnectionBudget budget = ConnectionBudget.of(200);

        assertThat(budget.shortage(0)).contains("is 200, a bridge without printers needs 384: ");
        assertThat(budget.shortage(1)).contains("is 200, 1 printer needs 386: ");
        assertThat(budget.shortage(2)).contains("is 200, 2 printers need 387: ");
    }

    /** As on Windows. */
    @Test
    void systemWithoutALimitShowsNothing() {
        ConnectionBudget.of(Integer.MAX_VALUE).show(metricsRegistry, printers::get);

        assertThat(metricsRegistry.health()).isEmpty();
        assertThat(metrics()).doesNotContain("printer2mqtt_needed_fds");
    }

    private String metrics() {
        return new String(metricsRegistry.prometheusText(), StandardCharsets.UTF_8);
    }
}
