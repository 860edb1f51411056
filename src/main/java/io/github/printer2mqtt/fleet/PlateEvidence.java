package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Status.Plate;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a reading proves about a print that nobody saw running but that must be on the plate
 * (docs/decisions/067-what-is-on-the-plate.md). Pure.
 */
final class PlateEvidence {
    /** Printing times of one print may differ this much between two readings, in seconds. */
    private static final long SAME_TIME_SECONDS = 2;

    /** The clocks of printer and bridge may differ this much. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(1);

    private static final Job UNNAMED = new Job(null, null, null, null, null, null, null);

    private PlateEvidence() {}

    /** The ended print that a reading shows; null if it shows none. */
    static @Nullable Job shown(Reading reading) {
        return switch (reading.state()) {
            case FINISHED, CANCELLED, ERROR -> reading.job() == null ? null : described(reading.job());
            case IDLE, PREPARING, PRINTING, PAUSED, BUSY, ATTENTION, OFFLINE, UNKNOWN -> null;
        };
    }

    /**
     * The print that ended, as a reading shows it.
     *
     * @param ran as last described; null if unknown
     */
    static Job ended(@Nullable Job ran, Reading reading) {
        Job shown = shown(reading);
        if (ran == null) {
            return shown == null ? UNNAMED : shown;
        }
        if (shown == null) {
            // Without the time, which may have advanced since it was last described.
            return new Job(ran.id(), ran.file(), ran.progress(), null, null, null, null);
        }
        return PrintEvidence.mayDescribe(ran, shown) ? shown.filledFrom(ran) : shown;
    }

    /** The print that a reading proves to have ended since the plate was last known; null if there is no proof. */
    static @Nullable Job unseenPrint(PlateTrack track, PlateTrack.Sighting sighting) {
        Reading reading = sighting.reading();
        LastJob past = reading.state() == PrinterState.IDLE ? reading.pastJob() : null;
        if (past != null) {
            return track.plate() != null && isNew(past, track.plate(), track.occupiedAt(), sighting)
                    ? PrintEvidence.describe(past)
                    : null;
        }
        boolean ended = reading.state() == PrinterState.FINISHED || reading.state() == PrinterState.CANCELLED;
        Job shown = shown(reading);
        if (track.plate() == null) {
            // An error may be older than the plate's last print.
            return !ended ? null : shown == null ? UNNAMED : shown;
        }
        if (shown == null) {
            return ended && sighting.previous() == PrinterState.IDLE ? UNNAMED : null;
        }
        return isNew(shown, track.print(), sighting) ? shown : null;
    }

    /** People print one file ten times in a row, so the printing time counts as well as the name. */
    private static boolean isNew(Job shown, @Nullable Job known, PlateTrack.Sighting sighting) {
        boolean stillShown = sighting.previous() == sighting.reading().state();
        if (known == null) {
            return !stillShown;
        }
        if (!known.isNamedLike(shown)) {
            return true;
        }
        if (stillShown || shown.elapsed() == null) {
            return false;
        }
        if (known.elapsed() == null) {
            // The known print was never shown after its end; only an id proves that it is this one.
            return known.id() == null || shown.id() == null;
        }
        return Math.abs(known.elapsed() - shown.elapsed()) > SAME_TIME_SECONDS
                && mayHaveRunSince(sighting.seenAt(), shown.elapsed(), sighting.at());
    }

    /** In an error some firmwares go on counting, so the time of a known print may grow. */
    private static boolean mayHaveRunSince(@Nullable Instant seenAt, long seconds, Instant at) {
        // A clock that was set back proves nothing.
        return seenAt == null
                || at.isBefore(seenAt)
                || Duration.between(seenAt, at).toSeconds() >= seconds - SAME_TIME_SECONDS;
    }

    /** Whether an entry of the printer's history ended after the plate was last cleared or occupied. */
    private static boolean isNew(
            LastJob past, Plate plate, @Nullable Instant occupiedAt, PlateTrack.Sighting sighting) {
        boolean adopted =
                !Objects.equals(sighting.before().last(), sighting.after().last());
        Instant end = past.endedAt();
        if (end == null) {
            return adopted && occupiedAt == null;
        }
        if (occupiedAt == null && adopted) {
            return end.isAfter(plate.since().minus(CLOCK_DIFFERENCE));
        }
        return end.isAfter(occupiedAt == null ? plate.since() : occupiedAt)
                && (adopted || isEndUnknown(sighting.before()));
    }

    /** The end of the last print was not seen, so that an entry of the same file may be of another print. */
    private static boolean isEndUnknown(JobTrack track) {
        return track.last() != null && track.last().endedAt() == null;
    }

    private static Job described(Job job) {
        return new Job(job.id(), job.file(), job.progress(), job.elapsed(), null, null, null);
    }
}
