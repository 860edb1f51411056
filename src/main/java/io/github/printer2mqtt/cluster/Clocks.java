package io.github.printer2mqtt.cluster;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Both clocks of a machine: the one that never jumps, and the one of the calendar. A machine that is paused may stop either.
 *
 * @param nanos as {@code System.nanoTime()}
 * @param millis as {@code System.currentTimeMillis()}
 */
record Clocks(LongSupplier nanos, LongSupplier millis) {
    static Clocks system() {
        return new Clocks(System::nanoTime, System::currentTimeMillis);
    }

    Moment now() {
        return new Moment(nanos.getAsLong(), millis.getAsLong());
    }

    /** What both clocks showed. */
    record Moment(long nanos, long millis) {
        /** Whether so much time has passed since an earlier moment, by either clock. */
        boolean isAtLeastAfter(Moment earlier, Duration time) {
            return nanos - earlier.nanos >= time.toNanos() || millis - earlier.millis >= time.toMillis();
        }

        /** By the clock that never jumps. */
        Duration since(Moment earlier) {
            return Duration.ofNanos(nanos - earlier.nanos);
        }

        /** Whether so much time has passed by both clocks. */
        boolean isSurelyAfter(Moment earlier, Duration time) {
            return nanos - earlier.nanos >= time.toNanos()
                    && TimeUnit.MILLISECONDS.toNanos(millis - earlier.millis) >= time.toNanos();
        }
    }
}
