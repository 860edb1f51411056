package io.github.printer2mqtt.model;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many printers of a group, or of the fleet, are in each state.
 *
 * @param byState has every state, in the order of {@link PrinterState}
 * @param total how many there are
 * @param nextFinish when the next print will be done, rounded to the minute; null if nobody knows
 * @param nextFinishPrinter whose print that is; null together with {@code nextFinish}
 */
public record StateCounts(
        Map<PrinterState, Integer> byState,
        int total,
        @Nullable Instant nextFinish,
        @Nullable PrinterId nextFinishPrinter) {
    public StateCounts {
        Map<PrinterState, Integer> whole = new EnumMap<>(PrinterState.class);
        for (PrinterState state : PrinterState.values()) {
            whole.put(state, byState.getOrDefault(state, 0));
        }
        byState = Collections.unmodifiableMap(whole);
    }
}
