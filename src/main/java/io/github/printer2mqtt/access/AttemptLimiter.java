package io.github.printer2mqtt.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Limits attempts by key: some at once, then one for each interval. Thread-safe. */
final class AttemptLimiter {
    /** Above this the key that was used least recently is forgotten. */
    private static final int MAX_KEYS = 10_000;

    private final long intervalNanos;
    private final long burstNanos;
    private final LongSupplier nanos;

    /** When the allowance of a key is complete again. */
    private final Map<String, Long> fullAt = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_KEYS;
        }
    };

    /**
     * @param burst attempts at once
     * @param interval after which one more is allowed
     * @param nanos monotonic clock
     */
    AttemptLimiter(int burst, Duration interval, LongSupplier nanos) {
        this.intervalNanos = interval.toNanos();
        this.burstNanos = burst * intervalNanos;
        this.nanos = nanos;
    }

    /** Counts an attempt. Returns null if it is allowed, otherwise the time until the next one is. */
    synchronized @Nullable Duration tryAcquire(String key) {
        long now = nanos.getAsLong();
        Long known = fullAt.get(key);
        long after = (known == null || known - now < 0 ? now : known) + intervalNanos;
        long excess = after - now - burstNanos;
        if (excess > 0) {
            return Duration.ofNanos(excess);
        }
        fullAt.put(key, after);
        return null;
    }

    /** Takes back the count of an attempt that succeeded. */
    synchronized void giveBack(String key) {
        fullAt.computeIfPresent(key, (same, full) -> full - intervalNanos);
    }
}
