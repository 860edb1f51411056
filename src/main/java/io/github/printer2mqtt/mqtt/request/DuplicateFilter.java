package io.github.printer2mqtt.mqtt.request;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Remembers started transactions for a minute, the last thousand at most, so that a repeated message is not executed
 * again. Belongs to one context.
 */
final class DuplicateFilter {
    static final Duration RETENTION = Duration.ofSeconds(60);
    static final int CAPACITY = 1000;

    private final LongSupplier nanoTime;
    private final Map<String, Long> started = new LinkedHashMap<>();

    /** @param nanoTime a monotonic clock in nanoseconds */
    DuplicateFilter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    boolean isKnown(String transaction) {
        Long at = started.get(transaction);
        return at != null && nanoTime.getAsLong() - at < RETENTION.toNanos();
    }

    void remember(String transaction) {
        started.remove(transaction);
        started.put(transaction, nanoTime.getAsLong());
        if (started.size() > CAPACITY) {
            Iterator<String> oldest = started.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
