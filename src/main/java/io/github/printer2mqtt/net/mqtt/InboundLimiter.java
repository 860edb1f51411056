package io.github.printer2mqtt.net.mqtt;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds the received messages that wait for the owner of a connection. Thread-safe. */
final class InboundLimiter {
    private static final int MAX_WAITING = 1000;

    private final Semaphore permits = new Semaphore(MAX_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final Duration patience;

    /** @param patience how long a message waits for a place before it is dropped; meanwhile its sender is slowed down */
    InboundLimiter(Duration patience) {
        this.patience = patience;
    }

    /** Whether a message may be passed on; blocks the caller up to the patience. */
    boolean acquire() {
        try {
            if (permits.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        dropped.incrementAndGet();
        return false;
    }

    /** To be called when the owner has taken a message. */
    void release() {
        permits.release();
    }

    /** Messages dropped since start. */
    long dropped() {
        return dropped.get();
    }
}
