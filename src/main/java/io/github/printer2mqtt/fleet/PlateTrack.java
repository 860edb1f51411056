package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Status.Plate;
import io.github.printer2mqtt.persistence.PlateRepository.StoredPlate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What lies on one printer's plate, as far as observations and the user say. Immutable; each observation and each command
 * yields the next track and the event between the two.
 *
 * <p>The rules are in docs/reference/status.md, "Plate". A plate that may be occupied is never clear: only the user, or the
 * start of another print, clears it.
 *
 * @param plate null if nothing is known yet
 * @param material what the running print has put on it; {@code NONE} unless it is in use
 * @param print the ended print on it, or the one that was taken off last, to recognise it when the printer shows it again;
 *     null if unknown or in use
 * @param occupiedAt when the print on it was noticed to have ended; null unless occupied
 * @param coolingSince while it is cooling, when the bed was last known to be hot; null otherwise
 */
record PlateTrack(
        @Nullable Plate plate,
        Material material,
        @Nullable Job print,
        @Nullable Instant occupiedAt,
        @Nullable Instant coolingSince) {
    /** Degrees Celsius by which a cool bed must exceed the limit to count as hot again, more than the noise of a sensor. */
    private static final int HYSTERESIS = 2;

    enum Material {
        NONE,
        /** It did not name its progress, or it was not observed all the time. */
        UNKNOWN,
        SOME
    }

    record Step(PlateTrack track, JobTrack.@Nullable Transition transition) {}

    static PlateTrack empty() {
        return new PlateTrack(null, Material.NONE, null, null, null);
    }

    static PlateTrack of(StoredPlate stored) {
        boolean inUse = stored.plate().state() == Plate.State.IN_USE;
        Material material = stored.hasMaterial() ? Material.SOME : inUse ? Material.UNKNOWN : Material.NONE;
        Instant since = stored.plate().since();
        Instant occupiedAt = stored.occupiedAt() == null ? since : stored.occupiedAt();
        Instant coolingSince = stored.coolingSince() == null ? since : stored.coolingSince();
        return new PlateTrack(
                stored.plate(),
                material,
                stored.print(),
                stored.plate().isOccupied() ? occupiedAt : null,
                stored.plate().state() == Plate.State.COOLING ? coolingSince : null);
    }

    /**
     * What must be stored; null if nothing is known. The time of the last hot reading is rounded up to the minute, so that a
     * cooling plate is not stored with every reading.
     */
    @Nullable StoredPlate stored() {
        if (plate == null) {
            return null;
        }
        Instant cooling = coolingSince == null
                ? null
                : coolingSince.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        return new StoredPlate(plate, material == Material.SOME, print, occupiedAt, cooling);
    }

    /**
     * A reading and what came before it.
     *
     * @param previous the state in the reading before; null if there was none in this session, or a poll has failed since
     * @param seenAt the time of the reading before, also of another session; null if there was none since the start
     * @param before the prints as they were before the reading
     * @param after the prints with the reading
     */
    record Sighting(
            @Nullable PrinterState previous,
            @Nullable Instant seenAt,
            JobTrack before,
            JobTrack after,
            Reading reading,
            Instant at) {}

    Step step(Sighting sighting, BridgeConfig.Plate config) {
        PlateTrack next = withPrints(sighting).withBed(sighting.reading, sighting.at, config);
        Job running = sighting.after.running();
        boolean sameRun = running != null && sighting.before.knows(running, sighting.at);
        return new Step(next, sameRun ? null : next.transitionFrom(this));
    }

    /** The step to a failed poll: only time has passed. */
    Step waited(Instant at, BridgeConfig.Plate config) {
        if (coolingSince == null) {
            return new Step(this, null);
        }
        Instant cold = coolingSince.plus(config.assumeColdAfter());
        if (at.isBefore(cold)) {
            return new Step(this, null);
        }
        PlateTrack next = with(Plate.State.READY, cold);
        return new Step(next, next.transitionFrom(this));
    }

    /**
     * The step to a plate that a user has cleared, which must be neither in use nor clear.
     *
     * @param shown the print that the printer shows; null if it is offline or shows none
     */
    Step cleared(@Nullable Job shown, Instant at) {
        Job taken = print == null ? shown : print;
        PlateTrack next = clear(taken, at);
        return new Step(next, next.transitionFrom(this));
    }

    private boolean is(Plate.State state) {
        return plate != null && plate.state() == state;
    }

    private boolean isOccupied() {
        return plate != null && plate.isOccupied();
    }

    private PlateTrack withPrints(Sighting sighting) {
        Reading reading = sighting.reading;
        Job running = sighting.after.running();
        if (running != null) {
            return inUse(sighting.before.knows(running, sighting.at), reading, sighting.at);
        }
        if (sighting.before.running() != null || is(Plate.State.IN_USE)) {
            Job ended = PlateEvidence.ended(sighting.before.running(), reading);
            boolean untouched = sighting.previous != null
                    && material == Material.NONE
                    && isStoppedEarly(sighting.after.last(), reading);
            return untouched ? clear(ended, sighting.at) : occupied(ended, sighting.at);
        }
        Job unseen = PlateEvidence.unseenPrint(this, sighting);
        if (unseen != null) {
            return occupied(unseen, sighting.at);
        }
        Job shown = PlateEvidence.shown(reading);
        return print == null || shown == null || !print.isNamedLike(shown)
                ? this
                : new PlateTrack(plate, material, print.completedFrom(shown), occupiedAt, coolingSince);
    }

    /** Whether the print was stopped before it put anything on the plate, as far as progress tells. */
    private static boolean isStoppedEarly(@Nullable LastJob last, Reading reading) {
        boolean stopped = last != null && (last.result() == JobResult.CANCELLED || last.result() == JobResult.FAILED);
        Double progress = reading.job() == null ? null : reading.job().progress();
        return stopped && (progress == null || progress == 0);
    }

    /** @param known whether the running print was known before the reading */
    private PlateTrack inUse(boolean known, Reading reading, Instant at) {
        Material before = !known ? Material.NONE : isOccupied() ? Material.SOME : material;
        Double progress = reading.job() == null ? null : reading.job().progress();
        Material now = before == Material.SOME || (progress != null && progress > 0)
                ? Material.SOME
                : progress == null ? Material.UNKNOWN : Material.NONE;
        Plate current = known && is(Plate.State.IN_USE) ? plate : new Plate(Plate.State.IN_USE, at);
        return new PlateTrack(current, now, null, null, null);
    }

    private static PlateTrack clear(@Nullable Job last, Instant at) {
        return new PlateTrack(new Plate(Plate.State.CLEAR, at), Material.NONE, last, null, null);
    }

    private static PlateTrack occupied(Job by, Instant at) {
        return new PlateTrack(new Plate(Plate.State.COOLING, at), Material.NONE, by, at, at);
    }

    private PlateTrack withBed(Reading reading, Instant at, BridgeConfig.Plate config) {
        if (!isOccupied()) {
            return this;
        }
        Double bed = reading.temperatures().bed() == null
                ? null
                : reading.temperatures().bed().actual();
        if (bed == null) {
            return waited(at, config).track;
        }
        int limit = config.readyBelow();
        if (is(Plate.State.COOLING)) {
            return bed > limit ? new PlateTrack(plate, material, print, occupiedAt, at) : with(Plate.State.READY, at);
        }
        return bed > limit + HYSTERESIS
                ? new PlateTrack(new Plate(Plate.State.COOLING, at), material, print, occupiedAt, at)
                : this;
    }

    private PlateTrack with(Plate.State state, Instant since) {
        return new PlateTrack(new Plate(state, since), material, print, occupiedAt, null);
    }

    /** What first becomes known of a plate is no event, except that a user cleared it. */
    private JobTrack.@Nullable Transition transitionFrom(PlateTrack before) {
        if (plate == null || Objects.equals(plate, before.plate)) {
            return null;
        }
        return switch (plate.state()) {
            case READY -> before.plate == null ? null : new JobTrack.Transition(PrinterEvent.Type.PLATE_READY, print);
            case CLEAR ->
                before.is(Plate.State.IN_USE)
                        ? null
                        : new JobTrack.Transition(PrinterEvent.Type.PLATE_CLEARED, before.print);
            case IN_USE ->
                before.isOccupied() ? new JobTrack.Transition(PrinterEvent.Type.PLATE_CLEARED, before.print) : null;
            case COOLING -> null;
        };
    }
}
