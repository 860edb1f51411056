package io.github.printer2mqtt.poll;

import io.github.printer2mqtt.observe.Latencies;
import io.github.printer2mqtt.observe.Observatory;
import io.github.printer2mqtt.printer.Finding;
import io.github.printer2mqtt.printer.MissReason;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Counts polls, for all loops together. Safe for every thread. */
public final class PollMeters {
    private final CounterDataPoint answered;
    private final Map<MissReason, CounterDataPoint> missed = new EnumMap<>(MissReason.class);
    private final Latencies latencies;

    private PollMeters(CounterDataPoint answered, Latencies latencies) {
        this.answered = answered;
        this.latencies = latencies;
    }

    public static PollMeters register(Observatory observatory) {
        Counter polls = Counter.builder()
                .name("printer2mqtt_polls_total")
                .help("Polls by their result: ok, or the reason for a miss.")
                .labelNames("result")
                .register(observatory.meters());
        Latencies latencies = new Latencies();
        GaugeWithCallback.builder()
                .name("printer2mqtt_poll_latency_seconds")
                .help("Time within which the given share of polls was answered, since start.")
                .labelNames("quantile")
                .callback(callback -> {
                    callback.call(latencies.percentileMillis(50) / 1000.0, "0.5");
                    callback.call(latencies.percentileMillis(99) / 1000.0, "0.99");
                })
                .register(observatory.meters());
        PollMeters meters = new PollMeters(polls.labelValues("ok"), latencies);
        for (MissReason reason : MissReason.values()) {
            meters.missed.put(reason, polls.labelValues(reason.word()));
        }
        return meters;
    }

    void count(Finding finding, Duration latency) {
        finding.<Runnable>fold(reading -> () -> onAnswer(latency), miss -> () -> onMiss(miss.reason()))
                .run();
    }

    private void onAnswer(Duration latency) {
        answered.inc();
        latencies.record(latency);
    }

    private void onMiss(MissReason reason) {
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
