package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.config.BridgeConfig.Polling.Interval;
import io.github.printer2mqtt.fleet.AvailabilityStatus;
import io.github.printer2mqtt.fleet.AvailabilityStatus.Availability;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Decides when a printer is polled next. Pure except for the random source.
 *
 * <p>A printer that answers is polled at a slot of the interval that depends on its id, so that the fleet stays spread even
 * after a poll of all. An offline printer is polled after a growing delay.
 */
final class PollSchedule {
    private static final Duration RETRY_AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Duration RETRY_AFTER_AUTH_FAILURE = Duration.ofMinutes(1);
    private static final double JITTER = 0.2;

    /** Pause after a poll that took a whole interval. */
    private static final Duration MIN_PAUSE = Duration.ofMillis(100);

    private static final double HIGH_LOAD = 0.25;
    private static final double OVERLOAD = 0.6;

    /** An odd number near 2^32 divided by the golden ratio: neighbouring hash codes land far apart. */
    private static final int GOLDEN = 0x9E3779B9;

    private final Interval interval;
    private final int offlineAfter;
    private final double position;
    private final DoubleSupplier random;

    /**
     * @param interval from the configuration
     * @param offlineAfter failures until the printer is offline, where the back-off begins
     * @param printer determines the slot in the interval
     * @param random uniformly distributed, 0 to 1
     */
    PollSchedule(Interval interval, int offlineAfter, PrinterId printer, DoubleSupplier random) {
        this.interval = interval;
        this.offlineAfter = offlineAfter;
        this.position = position(printer);
        this.random = random;
    }

    /** The printer's position within an interval, 0 to 1. */
    static double position(PrinterId printer) {
        return Integer.toUnsignedLong(printer.hashCode() * GOLDEN) / 4294967296.0;
    }

    /** The delay until the next poll, on a loop without load. */
    Duration next(AvailabilityStatus status, long nowNanos) {
        return next(status, nowNanos, nowNanos, 0);
    }

    /**
     * The delay until the next poll.
     *
     * @param startedNanos when the last poll started, from where the interval of a printer that answers counts
     * @param loopLoad 0 to 1; under load, idle printers are polled less often, in favour of those that print
     */
    Duration next(AvailabilityStatus status, long startedNanos, long nowNanos, double loopLoad) {
        if (status.availability() == Availability.ONLINE) {
            Duration interval = intervalOf(status.state());
            boolean idle = isIdle(status.state());
            Duration period = idle ? interval.multipliedBy(idleIntervalFactor(loopLoad)) : interval;
            long taken = Math.max(0, nowNanos - startedNanos);
            long left = untilOwnSlot(period, startedNanos).toNanos() - taken;
            return Duration.ofNanos(Math.max(left, MIN_PAUSE.toNanos()));
        }
        if (status.availability() != Availability.OFFLINE) {
            return shorter(intervalOf(status.state()), RETRY_AFTER_FAILURE);
        }
        if (status.reason() == FailureReason.AUTH) {
            return RETRY_AFTER_AUTH_FAILURE;
        }
        // The server answers at once, so polling it is cheap, and its printer may connect at any moment.
        return status.reason() == FailureReason.DISCONNECTED ? interval.idle() : backOff(status.failures());
    }

    private static long idleIntervalFactor(double loopLoad) {
        return loopLoad < HIGH_LOAD ? 1 : loopLoad < OVERLOAD ? 2 : 4;
    }

    private static boolean isIdle(PrinterState state) {
        return switch (state) {
            case IDLE, FINISHED, CANCELLED, ERROR -> true;
            case PRINTING, PREPARING, BUSY, ATTENTION, UNKNOWN, PAUSED, OFFLINE -> false;
        };
    }

    /** The interval at which a printer in this state is polled. */
    Duration intervalOf(PrinterState state) {
        return switch (state) {
            case PRINTING -> interval.printing();
            case PREPARING, BUSY, ATTENTION, UNKNOWN -> interval.preparing();
            case PAUSED -> interval.paused();
            case IDLE, FINISHED, CANCELLED, ERROR -> interval.idle();
            case OFFLINE -> interval.offline();
        };
    }

    /** Delay until the printer's first slot that is at least half an interval away. */
    private Duration untilOwnSlot(Duration period, long nowNanos) {
        long length = period.toNanos();
        long offset = (long) (position * length);
        long earliest = nowNanos + length / 2;
        long afterSlot = Math.floorMod(earliest - offset, length);
        return Duration.ofNanos(length / 2 + (afterSlot == 0 ? 0 : length - afterSlot));
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
