package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Lag of the monitoring loops, which shows that the machine is too small or too busy. Thread-safe. */
final class LoopMetrics {
    private final List<LoopTimers> loops = new CopyOnWriteArrayList<>();

    LoopMetrics(MetricsRegistry metricsRegistry) {
        CounterWithCallback.builder()
                .name("printer2mqtt_loop_lag_seconds_total")
                .help("Total delay of the polling loops.")
                .callback(callback -> callback.call(lagSeconds()))
                .register(metricsRegistry.prometheus());
        GaugeWithCallback.builder()
                .name("printer2mqtt_loop_load_ratio")
                .help(
                        "Recent delay of the slowest polling loop, 0 to 1. From 0.25 idle printers are polled less often.")
                .callback(callback -> callback.call(maxLoad()))
                .register(metricsRegistry.prometheus());
    }

    void add(LoopTimers loop) {
        loops.add(loop);
    }

    private double lagSeconds() {
        return loops.stream().mapToLong(LoopTimers::lastKnownLagNanos).sum() / 1e9;
    }

    private double maxLoad() {
        return loops.stream().mapToDouble(LoopTimers::loopLoad).max().orElse(0);
    }
}
