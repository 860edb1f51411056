package io.github.printer2mqtt.metrics;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/** Latencies of polls since start, for the percentiles in health. Safe for every thread; bounded memory. */
public final class Latencies {
    private static final long LONGEST_MILLIS = 120_000;
    private final ConcurrentHistogram histogram = new ConcurrentHistogram(LONGEST_MILLIS, 2);
    private final LongAdder total = new LongAdder();

    public void record(Duration latency) {
        long millis = Math.max(0, Math.min(LONGEST_MILLIS, latency.toMillis()));
        histogram.recordValue(millis);
        total.add(millis);
    }

    /** Polls so far. */
    public long count() {
        return histogram.getTotalCount();
    }

    /** Milliseconds of all polls together. */
    public long totalMillis() {
        return total.sum();
    }

    /** Milliseconds within which the given percentage of polls answered; 0 before the first. */
    public long percentileMillis(double percentile) {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile);
    }
}
