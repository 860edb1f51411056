package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.fleet.AvailabilityStatus;
import io.github.printer2mqtt.fleet.AvailabilityStatus.Availability;
import io.github.printer2mqtt.fleet.Observation;
import io.github.printer2mqtt.model.PollResult;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.vertx.Timers;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the observations of one printer to the fleet, while this process holds the printer, and keeps the availability that
 * the fleet decides. Belongs to the event loop of the printer.
 */
final class ObservationRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(PrinterMonitor.class);

    private final PrinterId printer;
    private final long generation;
    private final Timers timers;
    private final Ownership ownership;
    private final Function<Observation, @Nullable AvailabilityStatus> fleet;
    private @Nullable AvailabilityStatus availability;
    private Duration latency = Duration.ZERO;
    private long recorded;

    /** @param fleet records an observation and returns the printer's availability; null if the observation was dropped */
    ObservationRecorder(
            PrinterId printer,
            long generation,
            Timers timers,
            Ownership ownership,
            Function<Observation, @Nullable AvailabilityStatus> fleet) {
        this.printer = printer;
        this.generation = generation;
        this.timers = timers;
        this.ownership = ownership;
        this.fleet = fleet;
    }

    PrinterId printer() {
        return printer;
    }

    /** Whether this process may still contact the printer and record what it says. Once false, it stays false. */
    boolean isHeld() {
        return ownership.isHeld();
    }

    /** Null before the first observation. */
    @Nullable AvailabilityStatus availability() {
        return availability;
    }

    boolean is(Availability one) {
        AvailabilityStatus current = availability;
        return current != null && current.availability() == one;
    }

    /** Observations so far. */
    long recorded() {
        return recorded;
    }

    /** Records the result of a poll. */
    void record(PollResult result, Duration pollLatency) {
        latency = pollLatency;
        recordPushed(result);
    }

    /** Records what was pushed, with the latency of the last poll: a push has none. Does nothing after a loss. */
    void recordPushed(PollResult result) {
        if (!isHeld()) {
            return;
        }
        recorded++;
        AvailabilityStatus now = fleet.apply(new Observation(printer, generation, result, latency, timers.now()));
        if (now != null) {
            logTransition(now);
            availability = now;
        }
    }

    /** Offline is normal: it is logged once when it begins and once when it ends. */
    private void logTransition(AvailabilityStatus now) {
        Availability before = availability == null ? Availability.UNKNOWN : availability.availability();
        if (now.availability() == Availability.OFFLINE && before != Availability.OFFLINE) {
            LOG.info(
                    "{} is offline: {}",
                    printer,
                    now.reason() == null ? "unknown" : now.reason().wireName());
        } else if (now.availability() == Availability.ONLINE && before == Availability.OFFLINE) {
            LOG.info("{} is online again: {}", printer, now.state().wireName());
        }
    }
}
