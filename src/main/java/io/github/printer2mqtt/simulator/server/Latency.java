package io.github.printer2mqtt.simulator.server;

import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** How long a simulated printer thinks before it answers: nothing, a fixed time, or a seeded range. Thread-safe. */
public final class Latency {
    private static final Latency NONE = new Latency(0, 0, null);

    private final long leastMillis;
    private final long mostMillis;
    private final @Nullable Random random;

    private Latency(long leastMillis, long mostMillis, @Nullable Random random) {
        this.leastMillis = leastMillis;
        this.mostMillis = mostMillis;
        this.random = random;
    }

    public static Latency none() {
        return NONE;
    }

    public static Latency of(Duration fixed) {
        return new Latency(fixed.toMillis(), fixed.toMillis(), null);
    }

    /** Any time of the range, each as likely; the same seed gives the same times in the same order. */
    public static Latency between(Duration least, Duration most, long seed) {
        if (least.compareTo(most) > 0) {
            throw new IllegalArgumentException("a range from " + least + " to " + most);
        }
        return new Latency(least.toMillis(), most.toMillis(), new Random(seed));
    }

    long nextMillis() {
        return random == null ? leastMillis : random.nextLong(leastMillis, mostMillis + 1);
    }
}
