package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.StateCounts;
import io.github.printer2mqtt.model.Status;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts by state and the next finish, of the whole fleet and of each group that has a printer. One pass over the
 * snapshot in the order of ids.
 *
 * @param fleet of all printers
 * @param groups by name, in its order; a printer without a group is in none
 */
public record FleetCounts(StateCounts fleet, SortedMap<String, StateCounts> groups) {
    public FleetCounts {
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
    }

    public static FleetCounts of(FleetSnapshot snapshot) {
        StateCounts.Counter fleet = new StateCounts.Counter();
        SortedMap<String, StateCounts.Counter> groups = new TreeMap<>();
        for (StatusDocument document : snapshot.documents()) {
            Status status = document.status();
            fleet.add(status);
            if (status.group() != null) {
                groups.computeIfAbsent(status.group(), name -> new StateCounts.Counter())
                        .add(status);
            }
        }
        SortedMap<String, StateCounts> counts = new TreeMap<>();
        groups.forEach((name, counter) -> counts.put(name, counter.counts()));
        return new FleetCounts(fleet.counts(), counts);
    }
}
