package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterState;
import org.jspecify.annotations.Nullable;

/**
 * Where a printer stands after an observation; from it the watch schedules the next poll.
 *
 * @param presence whether it answers
 * @param state what it is doing, as far as known
 * @param failures misses since the newest reading
 * @param reason of the newest miss; null after a reading
 */
public record AvailabilityStatus(
        Presence presence,
        PrinterState state,
        int failures,
        @Nullable FailureReason reason) {
    /** Whether a printer answers. */
    public enum Presence {
        /** Registered and not yet decided. */
        UNKNOWN,
        /** The newest poll brought a reading. */
        ONLINE,
        /** Polls were missed, too few to call it offline. */
        LATE,
        OFFLINE
    }
}
