package io.github.printer2mqtt.metrics;

import java.time.Duration;
import org.HdrHistogram.ConcurrentHistogram;

/** Latencies of polls since start. Thread-safe; bounded memory. */
public final class Latencies {
    private static final long MAX_MILLIS = 120_000;
    private final ConcurrentHistogram histogram = new ConcurrentHistogram(MAX_MILLIS, 2);

    public void record(Duration latency) {
        long millis = Math.max(0, Math.min(MAX_MILLIS, latency.toMillis()));
        histogram.recordValue(millis);
    }

    /** Time within which the given percentage of polls were answered; 0 before the first. */
    public long percentileMillis(double percentile) {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile);
    }
}
