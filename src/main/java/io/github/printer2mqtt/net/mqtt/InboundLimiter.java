package io.github.printer2mqtt.net.mqtt;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds the messages that arrived and were not yet taken by the owner. Safe for every thread. */
final class InboundLimiter {
    private static final int MOST_PENDING = 1000;

    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();

    /** Whether there is room for one more; one without room is counted as dropped. */
    boolean admit() {
        if (pending.incrementAndGet() <= MOST_PENDING) {
            return true;
        }
        pending.decrementAndGet();
        dropped.incrementAndGet();
        return false;
    }

    void taken() {
        pending.decrementAndGet();
    }

    long dropped() {
        return dropped.get();
    }
}
