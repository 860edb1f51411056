package io.github.printer2mqtt.vertx;

import java.time.Duration;
import java.time.Instant;

/** Time as a watch sees it: both clocks and one-shot timers, so that tests move it by hand. */
public interface Timers {
    /** By the wall clock, for stamps. */
    Instant now();

    /** By a clock that never jumps, for schedules and latencies. */
    long nanos();

    /** Time that the loop was late by since it began; see {@link io.github.printer2mqtt.vertx.LoopTimers}. */
    long lagNanos();

    /** The share of the last seconds that the loop was late by, 0 to 1. */
    double loopLoad();

    /** Runs something once, on the loop of the caller. */
    Timer after(Duration delay, Runnable work);

    /** A timer that can be taken back. */
    @FunctionalInterface
    interface Timer {
        /** Takes it back; no error if it ran already. */
        void cancel();
    }
}
