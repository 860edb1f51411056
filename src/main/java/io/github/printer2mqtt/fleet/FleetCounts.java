package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.StateCounts;
import io.github.printer2mqtt.model.Status;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts by state and the next finish, of the whole fleet and of each group that has a printer. Counted anew from a
 * snapshot, one pass over the fleet: a publisher does it once a second at most.
 *
 * @param fleet of all printers
 * @param groups by name, in its order; a printer without a group is in none
 */
public record FleetCounts(StateCounts fleet, SortedMap<String, StateCounts> groups) {
    public FleetCounts {
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
    }

    public static FleetCounts of(FleetSnapshot snapshot) {
        Tally fleet = new Tally();
        SortedMap<String, Tally> groups = new TreeMap<>();
        for (StatusDocument document : snapshot.documents()) {
            Status status = document.status();
            fleet.add(status);
            if (status.group() != null) {
                groups.computeIfAbsent(status.group(), name -> new Tally()).add(status);
            }
        }
        SortedMap<String, StateCounts> counts = new TreeMap<>();
        groups.forEach((name, tally) -> counts.put(name, tally.counts()));
        return new FleetCounts(fleet.counts(), counts);
    }

    /** Of equal finishes the printer whose id comes first is named, so that the same fleet makes the same counts. */
    private static final class Tally {
        private final Map<PrinterState, Integer> byState = new EnumMap<>(PrinterState.class);
        private int total;
        private @Nullable Instant nextFinish;
        private @Nullable PrinterId nextFinishPrinter;

        void add(Status status) {
            byState.merge(status.state(), 1, Integer::sum);
            total++;
            Status.CurrentJob job = status.job();
            Instant finish = job == null ? null : job.finishAt();
            if (finish != null && (nextFinish == null || finish.isBefore(nextFinish))) {
                nextFinish = finish;
                nextFinishPrinter = status.id();
            }
        }

        StateCounts counts() {
            return new StateCounts(byState, total, nextFinish, nextFinishPrinter);
        }
    }
}
