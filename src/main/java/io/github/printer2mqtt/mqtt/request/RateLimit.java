package io.github.printer2mqtt.mqtt.request;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Admits a number of messages per second and marks the first one refused in each second. Belongs to one context. */
final class RateLimit {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int perSecond;
    private final LongSupplier nanoTime;
    private long windowStart;
    private int seen;

    enum Verdict {
        ADMITTED,
        /** The first one refused in its second, which gets a response. */
        REFUSED_FIRST,
        REFUSED
    }

    /** @param nanoTime a monotonic clock in nanoseconds */
    RateLimit(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.windowStart = nanoTime.getAsLong();
    }

    int perSecond() {
        return perSecond;
    }

    Verdict next() {
        long now = nanoTime.getAsLong();
        if (now - windowStart >= SECOND) {
            windowStart = now;
            seen = 0;
        }
        seen = Math.min(seen, perSecond + 1) + 1;
        if (seen <= perSecond) {
            return Verdict.ADMITTED;
        }
        return seen == perSecond + 1 ? Verdict.REFUSED_FIRST : Verdict.REFUSED;
    }
}
