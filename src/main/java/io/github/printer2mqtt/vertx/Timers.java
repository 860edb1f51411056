package io.github.printer2mqtt.vertx;

import java.time.Duration;
import java.time.Instant;

/** Clocks and one-shot timers of one event loop, so that tests control time. Not thread-safe. */
public interface Timers {
    /** Wall clock, for timestamps. */
    Instant now();

    /** Monotonic clock, for schedules, deadlines and latencies. */
    long nanos();

    /** Total delay of this loop since start; see {@link LoopTimers}. */
    long lagNanos();

    /** Share of the last seconds that the loop was delayed, 0 to 1. */
    double loopLoad();

    /** Runs work once on this loop. */
    Timer after(Duration delay, Runnable work);

    /** A pending timer. */
    @FunctionalInterface
    interface Timer {
        /** Has no effect once the timer has fired. */
        void cancel();
    }
}
