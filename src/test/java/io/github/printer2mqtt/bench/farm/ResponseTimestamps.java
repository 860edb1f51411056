package io.github.printer2mqtt.bench.farm;

import java.util.concurrent.atomic.AtomicLongArray;

/** When each printer sent the response with each counter value. Thread-safe. */
final class ResponseTimestamps {
    private final AtomicLongArray moments;

    ResponseTimestamps(int printers) {
        moments = new AtomicLongArray(printers * FarmResponses.VALUES);
    }

    void sent(int number, int counter, long now) {
        moments.set(number * FarmResponses.VALUES + counter, now);
    }

    /** The time of sending, once; 0 if already taken or never sent. */
    long take(int number, int counter) {
        return moments.getAndSet(number * FarmResponses.VALUES + counter, 0);
    }
}
