package io.github.printer2mqtt.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.VertxInstance;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.vertx.core.Context;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LoopMetricsTest {
    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final MetricsRegistry metricsRegistry = new MetricsRegistry();

    @Test
    void blockedLoopRaisesLagAndLoad() {
        LoopMetrics metrics = new LoopMetrics(metricsRegistry);
        assertThat(value("printer2mqtt_loop_lag_seconds_total")).isZero();
        Context context = instance.vertx().getOrCreateContext();
        context.runOnContext(start -> {
            LoopTimers timers = LoopTimers.ofCurrent(instance.vertx());
            metrics.add(timers);
            timers.after(Duration.ofMillis(10), () -> {});
            long end = System.nanoTime() + Duration.ofMillis(90).toNanos();
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        });

        Await.until("a lag", () -> value("printer2mqtt_loop_lag_seconds_total") > 0.03);
        assertThat(value("printer2mqtt_loop_load_ratio")).isBetween(0.001, 1.0);
    }

    private double value(String metric) {
        return new String(metricsRegistry.prometheusText(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(metric + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(metric.length() + 1)))
                .findFirst()
                .orElseThrow();
    }
}
