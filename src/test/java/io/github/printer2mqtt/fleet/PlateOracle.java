package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.fleet.PlateWorld.Print;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status.Plate;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the plate must be, from what is true of the prints that polls have shown. Unlike the bridge it knows which print is
 * which. It allows two states where the bridge must be careful because of a gap.
 */
final class PlateOracle {
    private static final Duration ASSUME_COLD_AFTER = Duration.ofHours(1);
    private static final int READY_BELOW = 40;

    private final PlateWorld world;
    private final Set<Integer> known = new HashSet<>();
    private Plate.@Nullable State state;
    private boolean mayBeOccupied;

    /** The state that it still has if the last print was not noticed; null if it was. */
    private Plate.@Nullable State unnoticed;

    private int printInUse;
    private boolean inUseSinceGap;
    private double progress;
    private Instant hot = FleetScenario.BEGIN;
    private Instant clearSince = FleetScenario.BEGIN;
    private boolean restarted;

    PlateOracle(PlateWorld world) {
        this.world = world;
    }

    /** Whether a poll has shown this print, running or ended. */
    boolean knows(Print print) {
        return known.contains(print.serial()) || (state == Plate.State.IN_USE && printInUse == print.serial());
    }

    /**
     * @param gap whether it is the first reading of a session, or a poll has failed since the one before
     * @param history whether the reading has the newest entry of the history
     * @param stopShown whether the reading says that the print was cancelled or failed
     */
    void onReading(Instant now, boolean gap, boolean history, boolean stopShown) {
        Print running = world.running;
        if (running != null) {
            if (state != Plate.State.IN_USE || printInUse != running.serial()) {
                inUseSinceGap = gap;
                progress = 0;
            }
            occupy(null, now);
            state = Plate.State.IN_USE;
            printInUse = running.serial();
            progress = Math.max(progress, shownProgress());
            return;
        }
        Print displayed = world.namesDisplayed() ? world.displayed : null;
        Print past = history ? world.last : null;
        Instant pastEnd = world.lastEnd;
        if (state == Plate.State.IN_USE) {
            known.add(printInUse);
            if (!gap && progress == 0 && stopShown) {
                mayBeOccupied = inUseSinceGap;
                clear(now);
            } else {
                occupy(Plate.State.COOLING, now);
            }
        } else if (state == null) {
            PrinterState shown = world.displayed == null ? PrinterState.IDLE : PlateWorld.shownState(world.displayed);
            if (shown == PrinterState.FINISHED || shown == PrinterState.CANCELLED) {
                occupy(Plate.State.COOLING, now);
            }
        } else if (displayed != null && !known.contains(displayed.serial())) {
            Plate.State before = state;
            occupy(Plate.State.COOLING, now);
            // Two prints of one file that were stopped before they printed anything look the same.
            unnoticed = displayed.stopAt() == 0 ? before : null;
        } else if (past != null && pastEnd != null && !known.contains(past.serial())) {
            boolean clear = state == Plate.State.CLEAR;
            boolean later = pastEnd.isAfter(clearSince);
            if (!clear || later) {
                occupy(Plate.State.COOLING, now);
            } else if (pastEnd.isAfter(clearSince.minusSeconds(60))) {
                mayBeOccupied = true;
            }
        }
        if (displayed != null) {
            known.add(displayed.serial());
        }
        if (past != null) {
            known.add(past.serial());
        }
        onBed(now, world.bed());
    }

    private double shownProgress() {
        Double shown = Objects.requireNonNull(world.reading(false, true).job()).progress();
        return shown == null ? 0 : shown;
    }

    private void onBed(Instant now, @Nullable Double bed) {
        if (state != Plate.State.COOLING && state != Plate.State.READY) {
            return;
        }
        if (bed == null) {
            return;
        }
        if (state == Plate.State.COOLING ? bed > READY_BELOW : bed > READY_BELOW + 2) {
            state = Plate.State.COOLING;
            hot = now;
            restarted = false;
        } else {
            state = Plate.State.READY;
        }
    }

    void onRestart() {
        restarted = true;
    }

    void onCleared(Instant now) {
        mayBeOccupied = false;
        unnoticed = null;
        clear(now);
    }

    private void clear(Instant now) {
        state = Plate.State.CLEAR;
        clearSince = now;
    }

    private void occupy(Plate.@Nullable State now, Instant since) {
        state = now;
        hot = since;
        restarted = false;
        mayBeOccupied = false;
        unnoticed = null;
    }

    /** The allowed states; empty if nothing may be known. */
    Set<Plate.State> allowed(Instant now) {
        if (state == null) {
            return Set.of();
        }
        Set<Plate.State> allowed = EnumSet.of(state);
        if (state == Plate.State.COOLING) {
            Duration unobserved = Duration.between(hot, now);
            if (unobserved.compareTo(ASSUME_COLD_AFTER) >= 0) {
                allowed.add(Plate.State.READY);
                boolean rounding = restarted && unobserved.compareTo(ASSUME_COLD_AFTER.plusMinutes(1)) <= 0;
                if (!rounding) {
                    allowed.remove(Plate.State.COOLING);
                }
            }
        }
        if (unnoticed != null) {
            allowed.add(unnoticed);
        }
        if (mayBeOccupied) {
            allowed.addAll(EnumSet.of(Plate.State.COOLING, Plate.State.READY));
        }
        return allowed;
    }
}
