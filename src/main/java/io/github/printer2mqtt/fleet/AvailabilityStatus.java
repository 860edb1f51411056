package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterState;
import org.jspecify.annotations.Nullable;

/**
 * A printer's availability after an observation, from which its monitor schedules the next poll.
 *
 * @param state what the printer is doing, as far as known
 * @param failures failed polls since the newest reading
 * @param reason of the newest failure; null after a reading
 */
public record AvailabilityStatus(
        Availability availability,
        PrinterState state,
        int failures,
        @Nullable FailureReason reason) {
    /** Whether a printer answers. */
    public enum Availability {
        /** Registered, but not yet polled often enough to decide. */
        UNKNOWN,
        /** The newest poll brought a reading. */
        ONLINE,
        /** The newest polls failed, but too few to call it offline. */
        LATE,
        OFFLINE
    }
}
