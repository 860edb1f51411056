package io.github.printer2mqtt.http.list;

import io.github.printer2mqtt.model.PrinterState;
import java.util.EnumMap;
import java.util.Map;

/** How many printers are in each state. Belongs to who makes it. */
final class StateCounts {
    private final Map<PrinterState, Integer> counts = new EnumMap<>(PrinterState.class);
    private int total;

    void add(PrinterState state) {
        counts.merge(state, 1, Integer::sum);
        total++;
    }

    void add(StateCounts others) {
        others.counts.forEach((state, count) -> counts.merge(state, count, Integer::sum));
        total += others.total;
    }

    int of(PrinterState state) {
        return counts.getOrDefault(state, 0);
    }

    int total() {
        return total;
    }
}
