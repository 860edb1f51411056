package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.json.BridgeDocuments;
import io.github.printer2mqtt.metrics.Latencies;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PollResult;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts the polls of all loops, and what printers push between them. Thread-safe. */
public final class PollMetrics {
    private static final Duration TOLERATED_DELAY = Duration.ofMillis(100);

    private final CounterDataPoint answered;
    private final Map<FailureReason, CounterDataPoint> failed = new EnumMap<>(FailureReason.class);
    private final Latencies latencies = new Latencies();
    private final DistributionDataPoint durations;
    private final CounterDataPoint inconclusive;
    private final CounterDataPoint late;
    private final GaugeDataPoint inFlight;
    private final LoopMetrics loops;
    private final PushMetrics pushes;

    public PollMetrics(MetricsRegistry metricsRegistry) {
        Counter polls = Counter.builder()
                .name("printer2mqtt_polls_total")
                .help("Polls by their result: ok, or the reason for the failure.")
                .labelNames("result")
                .register(metricsRegistry.prometheus());
        durations = Histogram.builder()
                .name("printer2mqtt_poll_latency_seconds")
                .help("Time until a poll brought a reading.")
                .classicOnly()
                .classicUpperBounds(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
                .register(metricsRegistry.prometheus())
                .labelValues();
        inconclusive = Counter.builder()
                .name("printer2mqtt_polls_inconclusive_total")
                .help("Timeouts that the bridge's own overload may explain; they count against no printer.")
                .register(metricsRegistry.prometheus())
                .labelValues();
        late = Counter.builder()
                .name("printer2mqtt_polls_late_total")
                .help("Polls that began more than a tenth of a second after they were due.")
                .register(metricsRegistry.prometheus())
                .labelValues();
        inFlight = Gauge.builder()
                .name("printer2mqtt_polls_in_flight")
                .help("Polls in flight.")
                .register(metricsRegistry.prometheus())
                .labelValues();
        loops = new LoopMetrics(metricsRegistry);
        pushes = new PushMetrics(metricsRegistry);
        answered = polls.labelValues("ok");
        for (FailureReason reason : FailureReason.ofOwnPrinters()) {
            failed.put(reason, polls.labelValues(reason.wireName()));
        }
    }

    LoopMetrics loops() {
        return loops;
    }

    PushMetrics pushes() {
        return pushes;
    }

    void count(PollResult result, Duration latency) {
        if (result instanceof PollFailure failure) {
            Objects.requireNonNull(failed.get(failure.reason())).inc();
        } else {
            answered.inc();
            latencies.record(latency);
            durations.observe(latency.toNanos() / 1e9);
        }
    }

    void onStart(Duration late) {
        inFlight.inc();
        if (late.compareTo(TOLERATED_DELAY) > 0) {
            this.late.inc();
        }
    }

    void onEnd() {
        inFlight.dec();
    }

    /** A timeout proves nothing, because the loop lagged. */
    void onInconclusive() {
        inconclusive.inc();
    }

    /** The polls since start in numbers. */
    public BridgeDocuments.PollStats stats() {
        long failures = failed.values().stream()
                .mapToLong(CounterDataPoint::getLongValue)
                .sum();
        return new BridgeDocuments.PollStats(
                answered.getLongValue() + failures,
                failures,
                latencies.percentileMillis(50),
                latencies.percentileMillis(95),
                latencies.percentileMillis(99));
    }
}
