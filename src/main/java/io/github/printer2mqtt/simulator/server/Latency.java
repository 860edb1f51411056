package io.github.printer2mqtt.simulator.server;

import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The delay of a response: none, fixed, or random within a range. Thread-safe. */
public final class Latency {
    private static final Latency NONE = new Latency(0, 0, null);

    private final long minMillis;
    private final long maxMillis;
    private final @Nullable Random random;

    private Latency(long minMillis, long maxMillis, @Nullable Random random) {
        this.minMillis = minMillis;
        this.maxMillis = maxMillis;
        this.random = random;
    }

    public static Latency none() {
        return NONE;
    }

    public static Latency of(Duration fixed) {
        return new Latency(fixed.toMillis(), fixed.toMillis(), null);
    }

    /** Uniformly distributed; the same seed gives the same delays in the same order. */
    public static Latency between(Duration min, Duration max, long seed) {
        if (min.compareTo(max) > 0) {
            throw new IllegalArgumentException("found a range from " + min + " to " + max + ", expected min <= max");
        }
        return new Latency(min.toMillis(), max.toMillis(), new Random(seed));
    }

    long nextMillis() {
        return random == null ? minMillis : random.nextLong(minMillis, maxMillis + 1);
    }
}
