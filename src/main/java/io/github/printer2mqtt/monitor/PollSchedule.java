package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.config.BridgeConfig.Polling.Interval;
import io.github.printer2mqtt.fleet.AvailabilityStatus;
import io.github.printer2mqtt.fleet.AvailabilityStatus.Presence;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * When a printer is asked next. Pure but for the jitter, which comes in.
 *
 * <p>A printer that answers is asked at slots of its own: each interval is divided among all printers by their ids, so
 * that they stay spread even after something asked them all at once. One that is off is asked after a growing wait.
 */
final class PollSchedule {
    private static final Duration AFTER_MISS = Duration.ofSeconds(2);
    private static final Duration AFTER_REFUSAL = Duration.ofMinutes(1);
    private static final double JITTER = 0.2;

    /** Between the end of a poll that took a whole interval and the begin of the next. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);

    private static final double STRAINED = 0.25;
    private static final double OVERSTRAINED = 0.6;

    /** An odd number near 2^32 divided by the golden ratio: neighbouring hash codes land far apart. */
    private static final int GOLDEN = 0x9E3779B9;

    private final Interval interval;
    private final int offlineAfter;
    private final double share;
    private final DoubleSupplier random;

    /**
     * @param interval from the configuration
     * @param offlineAfter misses until the printer is offline, where the back-off begins
     * @param printer whose place in the interval it is
     * @param random evenly spread, 0 to 1
     */
    PollSchedule(Interval interval, int offlineAfter, PrinterId printer, DoubleSupplier random) {
        this.interval = interval;
        this.offlineAfter = offlineAfter;
        this.share = share(printer);
        this.random = random;
    }

    /** The printer's place within any span, 0 to 1. */
    static double share(PrinterId printer) {
        return Integer.toUnsignedLong(printer.hashCode() * GOLDEN) / 4294967296.0;
    }

    /** How long to wait after an observation that led to this standing, on a loop that keeps up. */
    Duration next(AvailabilityStatus standing, long nowNanos) {
        return next(standing, nowNanos, nowNanos, 0);
    }

    /**
     * How long to wait after an observation that led to this standing.
     *
     * @param begunNanos when its poll began, from where the interval of a printer that answers counts
     * @param loopLoad of the loop, 0 to 1: when it is too much, printers that do nothing are asked less often, so that
     *     those that print are not
     */
    Duration next(AvailabilityStatus standing, long begunNanos, long nowNanos, double loopLoad) {
        if (standing.presence() == Presence.ONLINE) {
            Duration interval = intervalOf(standing.state());
            boolean doesNothing = isAtRest(standing.state());
            Duration period = doesNothing ? interval.multipliedBy(patience(loopLoad)) : interval;
            long taken = Math.max(0, nowNanos - begunNanos);
            long left = untilOwnSlot(period, begunNanos).toNanos() - taken;
            return Duration.ofNanos(Math.max(left, SHORTEST_PAUSE.toNanos()));
        }
        if (standing.presence() != Presence.OFFLINE) {
            return shorter(intervalOf(standing.state()), AFTER_MISS);
        }
        if (standing.reason() == FailureReason.AUTH) {
            return AFTER_REFUSAL;
        }
        // The server answers at once: asking it costs nothing and its printer may be there any moment.
        return standing.reason() == FailureReason.DISCONNECTED ? interval.idle() : backOff(standing.failures());
    }

    private static long patience(double loopLoad) {
        return loopLoad < STRAINED ? 1 : loopLoad < OVERSTRAINED ? 2 : 4;
    }

    private static boolean isAtRest(PrinterState state) {
        return switch (state) {
            case IDLE, FINISHED, CANCELLED, ERROR -> true;
            case PRINTING, PREPARING, BUSY, ATTENTION, UNKNOWN, PAUSED, OFFLINE -> false;
        };
    }

    private Duration intervalOf(PrinterState state) {
        return switch (state) {
            case PRINTING -> interval.printing();
            case PREPARING, BUSY, ATTENTION, UNKNOWN -> interval.preparing();
            case PAUSED -> interval.paused();
            case IDLE, FINISHED, CANCELLED, ERROR -> interval.idle();
            case OFFLINE -> interval.offline();
        };
    }

    /** From a moment to the first of the printer's slots that is at least half an interval away. */
    private Duration untilOwnSlot(Duration period, long nowNanos) {
        long length = period.toNanos();
        long place = (long) (share * length);
        long earliest = nowNanos + length / 2;
        long behindSlot = Math.floorMod(earliest - place, length);
        return Duration.ofNanos(length / 2 + (behindSlot == 0 ? 0 : length - behindSlot));
    }

    private Duration backOff(int failures) {
        int doublings = Math.max(0, Math.min(20, failures - offlineAfter));
        Duration grown = shorter(interval.offline().multipliedBy(1L << doublings), interval.offlineMax());
        double factor = 1 + JITTER * (2 * random.getAsDouble() - 1);
        return shorter(Duration.ofNanos((long) (grown.toNanos() * factor)), interval.offlineMax());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
