package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells how late the polling loops are: the sign of a machine that is too small or too busy. Safe for every thread. */
final class LoopMetrics {
    private final List<LoopTimers> loops = new CopyOnWriteArrayList<>();

    private LoopMetrics() {}

    static LoopMetrics register(MetricsRegistry metricsRegistry) {
        LoopMetrics meters = new LoopMetrics();
        CounterWithCallback.builder()
                .name("printer2mqtt_loop_lost_seconds_total")
                .help("Time that the polling loops were late by, together.")
                .callback(callback -> callback.call(meters.lostSeconds()))
                .register(metricsRegistry.meters());
        GaugeWithCallback.builder()
                .name("printer2mqtt_loop_strain_ratio")
                .help(
                        "Share of the last seconds that the latest polling loop was late by; from 0.25 on printers at rest"
                                + " are asked less often.")
                .callback(callback -> callback.call(meters.loopLoad()))
                .register(metricsRegistry.meters());
        return meters;
    }

    void follow(LoopTimers loop) {
        loops.add(loop);
    }

    private double lostSeconds() {
        return loops.stream().mapToLong(LoopTimers::lostNanosSoFar).sum() / 1e9;
    }

    private double loopLoad() {
        return loops.stream().mapToDouble(LoopTimers::loopLoad).max().orElse(0);
    }
}
