package io.github.printer2mqtt.alert;

import java.time.Duration;
import java.time.Instant;

/** The loop that alerts live on, with both clocks, so that tests move them by hand. */
interface AlertContext {
    /** By the wall clock, for stamps. */
    Instant now();

    /** By a clock that never jumps, for what must last. */
    long nanos();

    /** Runs something on the loop, soon and in order. Safe for every thread. */
    void run(Runnable work);

    /** Runs something on the loop again and again, until it is taken back. */
    Repeating every(Duration interval, Runnable work);

    /** Work that can be taken back. */
    @FunctionalInterface
    interface Repeating {
        void cancel();
    }
}
