package io.github.printer2mqtt.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.metrics.Latencies;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollMetricsTest {
    /** Only a summary may have a label "quantile" in the Prometheus text format. */
    @Test
    void latencyIsASummary() {
        MetricsRegistry metricsRegistry = new MetricsRegistry();
        new PollMetrics(metricsRegistry);

        assertThat(new String(metricsRegistry.prometheusText(), StandardCharsets.UTF_8).lines())
                .contains(
                        "# TYPE printer2mqtt_poll_latency_seconds summary",
                        "printer2mqtt_poll_latency_seconds{quantile=\"0.5\"} 0.0",
                        "printer2mqtt_poll_latency_seconds{quantile=\"0.99\"} 0.0",
                        "printer2mqtt_poll_latency_seconds_count 0",
                        "printer2mqtt_poll_latency_seconds_sum 0.0");
    }

    @Test
    void latenciesAreCountedAndAdded() {
        Latencies latencies = new Latencies();
        latencies.record(Duration.ofMillis(20));
        latencies.record(Duration.ofMillis(30));

        assertThat(latencies.count()).isEqualTo(2);
        assertThat(latencies.totalMillis()).isEqualTo(50);
    }
}
