package io.github.printer2mqtt.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollMetricsTest {
    private final MetricsRegistry metricsRegistry = new MetricsRegistry();
    private final PollMetrics metrics = new PollMetrics(metricsRegistry);

    @Test
    void everyReasonBeginsAtZero() {
        assertThat(lines())
                .contains(
                        "printer2mqtt_polls_total{result=\"ok\"} 0.0", "printer2mqtt_polls_total{result=\"tls\"} 0.0");
    }

    @Test
    void resultsAreCountedAndOnlyReadingsHaveALatency() {
        metrics.count(idle(), Duration.ofMillis(30));
        metrics.count(idle(), Duration.ofMillis(700));
        metrics.count(PollFailure.of(FailureReason.TIMEOUT), Duration.ofSeconds(1));

        assertThat(lines())
                .contains(
                        "printer2mqtt_polls_total{result=\"ok\"} 2.0",
                        "printer2mqtt_polls_total{result=\"timeout\"} 1.0",
                        "printer2mqtt_poll_latency_seconds_bucket{le=\"0.025\"} 0",
                        "printer2mqtt_poll_latency_seconds_bucket{le=\"0.05\"} 1",
                        "printer2mqtt_poll_latency_seconds_bucket{le=\"+Inf\"} 2",
                        "printer2mqtt_poll_latency_seconds_count 2",
                        "printer2mqtt_poll_latency_seconds_sum 0.73");
        assertThat(metrics.stats().polls()).isEqualTo(3);
        assertThat(metrics.stats().failures()).isEqualTo(1);
    }

    @Test
    void pollsInFlightRiseAndFallAndLateOnesAreCounted() {
        metrics.onStart(Duration.ofMillis(90));
        metrics.onStart(Duration.ofMillis(110));

        assertThat(lines()).contains("printer2mqtt_polls_in_flight 2.0", "printer2mqtt_polls_late_total 1.0");

        metrics.onEnd();
        metrics.onInconclusive();

        assertThat(lines()).contains("printer2mqtt_polls_in_flight 1.0", "printer2mqtt_polls_inconclusive_total 1.0");
    }

    private static Reading idle() {
        return new Reading(PrinterState.IDLE, "idle", null, Temperatures.unknown(), null, null, null, null, null);
    }

    private List<String> lines() {
        return new String(metricsRegistry.prometheusText(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
