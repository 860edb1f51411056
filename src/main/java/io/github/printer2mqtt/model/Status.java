package io.github.printer2mqtt.model;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the outside sees of one printer: the newest reading and what the bridge knows beside it. Immutable; the document
 * made of it is described in docs/reference/status.md.
 *
 * @param id the printer
 * @param name for people
 * @param driver the id of its driver
 * @param model from the registration, else from the printer; null if neither says
 * @param group null if it belongs to none
 * @param tags in the user's order
 * @param state what it is doing
 * @param rawState the printer's own word; null if offline or it has none
 * @param message for people; null if there is nothing to say
 * @param online whether it answers
 * @param temperatures unknown while offline
 * @param job null if there is none; the last known one, stale, while offline
 * @param lastJob null if no print has ended yet
 * @param speed percent; null if unknown
 * @param fan percent; null if unknown
 * @param capabilities what it can do at all
 * @param poll how asking went last
 */
public record Status(
        PrinterId id,
        String name,
        String driver,
        @Nullable String model,
        @Nullable String group,
        List<String> tags,
        PrinterState state,
        @Nullable String rawState,
        @Nullable String message,
        boolean online,
        Temperatures temperatures,
        @Nullable CurrentJob job,
        @Nullable LastJob lastJob,
        @Nullable Integer speed,
        @Nullable Integer fan,
        Set<Capability> capabilities,
        LastPoll poll) {

    /**
     * A print as the status shows it.
     *
     * @param job what the printer says
     * @param finishAt when it will be done, rounded to the minute; null if unknown or stale
     * @param stale whether these are the last known values of a printer that is offline now
     */
    public record CurrentJob(Job job, @Nullable Instant finishAt, boolean stale) {}

    /**
     * How asking went last.
     *
     * @param observedAt of the newest reading, by the wall clock; null before the first
     * @param latencyMillis of the newest reading; null before the first
     * @param failures misses since the newest reading
     * @param reason of the newest miss; null unless late or offline
     */
    public record LastPoll(
            @Nullable Instant observedAt,
            @Nullable Long latencyMillis,
            int failures,
            @Nullable FailureReason reason) {
        public static LastPoll never() {
            return new LastPoll(null, null, 0, null);
        }
    }

    /**
     * One printer's status went from one to the other. Only the newest matters: a slow consumer may skip some.
     *
     * @param before what was announced last; null when the printer is new
     * @param after what it is now
     * @param version of the fleet with {@code after} in it
     */
    public record Change(@Nullable Status before, Status after, long version) {}
}
