package io.github.printer2mqtt.model;

import io.github.printer2mqtt.text.WireConstant;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The published status of one printer: the newest reading and what the bridge adds. Immutable; docs/reference/status.md
 * describes its document.
 *
 * @param driver the id of its driver
 * @param model from the registration, else from the printer; null if unknown
 * @param group null if it belongs to none
 * @param tags in the user's order
 * @param rawState the printer's own name of its state; null if offline or it has none
 * @param message one line for people; null if none
 * @param online whether it answers
 * @param temperatures unknown while offline
 * @param job null if none; the last known one, stale, while offline
 * @param lastJob null if no print has ended yet
 * @param speed percent; null if unknown
 * @param fan percent; null if unknown
 * @param details what only some printers report; none while offline
 * @param plate null if unknown
 * @param maintenance from the registration; null unless it is in maintenance
 * @param site the name of the site whose bridge polls it; null for a printer of this bridge
 * @param source which node made this status; null for a bridge that shares its printers with no other
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
        Reading.Details details,
        @Nullable Plate plate,
        Printer.@Nullable Maintenance maintenance,
        @Nullable String site,
        @Nullable Source source,
        Set<Capability> capabilities,
        LastPoll poll) {
    /** Of a printer of this bridge, which shares its printers with no other. */
    public Status(
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
            Reading.Details details,
            @Nullable Plate plate,
            Printer.@Nullable Maintenance maintenance,
            Set<Capability> capabilities,
            LastPoll poll) {
        this(
                id,
                name,
                driver,
                model,
                group,
                tags,
                state,
                rawState,
                message,
                online,
                temperatures,
                job,
                lastJob,
                speed,
                fan,
                details,
                plate,
                maintenance,
                null,
                null,
                capabilities,
                poll);
    }

    /** What identifies the printer among those of all sites. */
    public PrinterKey key() {
        return new PrinterKey(site, id);
    }

    /** The same values while they cannot be renewed: the printer is not online, and its print is stale. */
    public Status unrenewed(FailureReason reason) {
        return new Status(
                id,
                name,
                driver,
                model,
                group,
                tags,
                state,
                rawState,
                message,
                false,
                temperatures,
                job == null ? null : new CurrentJob(job.job(), null, true),
                lastJob,
                speed,
                fan,
                details,
                plate,
                maintenance,
                site,
                source,
                capabilities,
                new LastPoll(poll.observedAt(), poll.latencyMillis(), poll.failures(), reason));
    }

    /**
     * Which node made a status, and when among its others.
     *
     * @param node its configured name
     * @param epoch of the node's term; larger than that of every term before
     * @param seq grows with each status of a printer within an epoch, not always by one
     */
    public record Source(String node, long epoch, long seq) {}

    /**
     * A print as the status shows it.
     *
     * @param job as the printer describes it
     * @param finishAt when it will be done, rounded to the minute; null if unknown or stale
     * @param stale whether these are the last known values of an offline printer
     */
    public record CurrentJob(Job job, @Nullable Instant finishAt, boolean stale) {}

    /**
     * What the bridge knows of a printer's build plate, which no printer reports. It survives a restart of the bridge and
     * switching the printer off.
     *
     * @param since when this state began, by the wall clock
     */
    public record Plate(State state, Instant since) {
        /** Described in docs/reference/status.md, "Plate". */
        public enum State implements WireConstant {
            /** A print runs. */
            IN_USE,
            /** A print has ended and the bed is still hot. */
            COOLING,
            /** A print has ended and can be taken off. */
            READY,
            /** Nothing is on it. */
            CLEAR
        }

        /** Whether an ended print is on it. */
        public boolean isOccupied() {
            return state == State.COOLING || state == State.READY;
        }
    }

    /**
     * The outcome of the last polls.
     *
     * @param observedAt of the newest reading, by the wall clock; null before the first
     * @param latencyMillis of the newest reading; null before the first
     * @param failures failed polls since the newest reading
     * @param reason of the newest failure; null unless late or offline
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
     * A change of one printer's status. Only the newest matters; a slow consumer may skip some.
     *
     * @param before as announced last; null for a new printer
     * @param version of the first snapshot that contains {@code after}
     */
    public record Change(@Nullable Status before, Status after, long version) {}
}
