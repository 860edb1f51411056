package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.metrics.Latencies;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollResult;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.SummaryWithCallback;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Counts polls, for all loops together. Safe for every thread. */
public final class PollMetrics {
    private static final Duration PUNCTUAL = Duration.ofMillis(100);

    private final CounterDataPoint answered;
    private final Map<FailureReason, CounterDataPoint> missed = new EnumMap<>(FailureReason.class);
    private final Latencies latencies;
    private final CounterDataPoint spoilt;
    private final CounterDataPoint late;
    private final GaugeDataPoint underWay;
    private final LoopMetrics loops;

    private PollMetrics(
            CounterDataPoint answered,
            Latencies latencies,
            CounterDataPoint spoilt,
            CounterDataPoint late,
            GaugeDataPoint underWay,
            LoopMetrics loops) {
        this.answered = answered;
        this.latencies = latencies;
        this.spoilt = spoilt;
        this.late = late;
        this.underWay = underWay;
        this.loops = loops;
    }

    /** How late the loops are. */
    LoopMetrics loops() {
        return loops;
    }

    public static PollMetrics register(MetricsRegistry metricsRegistry) {
        Counter polls = Counter.builder()
                .name("printer2mqtt_polls_total")
                .help("Polls by their result: ok, or the reason for a miss.")
                .labelNames("result")
                .register(metricsRegistry.meters());
        Latencies latencies = new Latencies();
        SummaryWithCallback.builder()
                .name("printer2mqtt_poll_latency_seconds")
                .help("Time within which the given share of polls was answered, since start.")
                .callback(callback -> callback.call(
                        latencies.count(),
                        latencies.totalMillis() / 1000.0,
                        Quantiles.of(
                                new Quantile(0.5, latencies.percentileMillis(50) / 1000.0),
                                new Quantile(0.99, latencies.percentileMillis(99) / 1000.0))))
                .register(metricsRegistry.meters());
        Counter spoilt = Counter.builder()
                .name("printer2mqtt_polls_spoilt_total")
                .help("Time-outs that fell into an overload of the bridge itself and count against no printer.")
                .register(metricsRegistry.meters());
        Counter late = Counter.builder()
                .name("printer2mqtt_polls_late_total")
                .help("Polls that began more than a tenth of a second after they were due.")
                .register(metricsRegistry.meters());
        Gauge underWay = Gauge.builder()
                .name("printer2mqtt_polls_in_flight")
                .help("Polls under way.")
                .register(metricsRegistry.meters());
        LoopMetrics loops = LoopMetrics.register(metricsRegistry);
        PollMetrics meters = new PollMetrics(
                polls.labelValues("ok"),
                latencies,
                spoilt.labelValues(),
                late.labelValues(),
                underWay.labelValues(),
                loops);
        for (FailureReason reason : FailureReason.values()) {
            meters.missed.put(reason, polls.labelValues(reason.wireName()));
        }
        return meters;
    }

    void count(PollResult finding, Duration latency) {
        finding.<Runnable>fold(reading -> () -> onAnswer(latency), miss -> () -> onMiss(miss.reason()))
                .run();
    }

    void onBegin(Duration late) {
        underWay.inc();
        if (late.compareTo(PUNCTUAL) > 0) {
            this.late.inc();
        }
    }

    void onEnd() {
        underWay.dec();
    }

    /** A time-out proves nothing, since the loop was late itself. */
    void onSpoilt() {
        spoilt.inc();
    }

    private void onAnswer(Duration latency) {
        answered.inc();
        latencies.record(latency);
    }

    private void onMiss(FailureReason reason) {
        CounterDataPoint counter = missed.get(reason);
        if (counter != null) {
            counter.inc();
        }
    }

    /** Polls that brought a reading, since start. */
    public long answered() {
        return answered.getLongValue();
    }

    /** Polls that brought none, since start. */
    public long missed() {
        return missed.values().stream()
                .mapToLong(CounterDataPoint::getLongValue)
                .sum();
    }

    /** Milliseconds within which the given percentage of polls answered, since start. */
    public long latencyMillis(double percentile) {
        return latencies.percentileMillis(percentile);
    }
}
