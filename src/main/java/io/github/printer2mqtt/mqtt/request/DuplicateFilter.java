package io.github.printer2mqtt.mqtt.request;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Remembers for a minute what was begun, so that a message which arrives twice is done once: of the last thousand at
 * most. Belongs to one context.
 */
final class DuplicateFilter {
    static final Duration KEPT = Duration.ofSeconds(60);
    static final int MOST = 1000;

    private final LongSupplier nanoTime;
    private final Map<String, Long> begun = new LinkedHashMap<>();

    /** @param nanoTime a monotonic clock in nanoseconds */
    DuplicateFilter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    boolean isKnown(String transaction) {
        Long at = begun.get(transaction);
        return at != null && nanoTime.getAsLong() - at < KEPT.toNanos();
    }

    void remember(String transaction) {
        begun.remove(transaction);
        begun.put(transaction, nanoTime.getAsLong());
        if (begun.size() > MOST) {
            Iterator<String> oldest = begun.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
