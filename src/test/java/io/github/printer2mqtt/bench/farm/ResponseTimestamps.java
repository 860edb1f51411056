package io.github.printer2mqtt.bench.farm;

import java.util.concurrent.atomic.AtomicLongArray;

/** When the answer with each value of its counter left a printer. Safe for the farm's thread and the subscriber's. */
final class ResponseTimestamps {
    private final AtomicLongArray moments;

    ResponseTimestamps(int printers) {
        moments = new AtomicLongArray(printers * FarmResponses.VALUES);
    }

    void sent(int number, int counter, long now) {
        moments.set(number * FarmResponses.VALUES + counter, now);
    }

    /** When it left, once; 0 if it was asked before or never left. */
    long take(int number, int counter) {
        return moments.getAndSet(number * FarmResponses.VALUES + counter, 0);
    }
}
