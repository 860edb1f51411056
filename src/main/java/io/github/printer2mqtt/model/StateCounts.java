package io.github.printer2mqtt.model;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many printers of a group, a list or the fleet are in each state, and which of their prints ends next.
 *
 * @param byState has every state, in the order of {@link PrinterState}
 * @param total number of printers
 * @param nextFinish when the next print will be done, rounded to the minute; null if unknown
 * @param nextFinishPrinter the printer of that print; null together with {@code nextFinish}
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

    /** Counts printers one by one, or adds up what was counted before. Not thread-safe. */
    public static final class Counter {
        private final Map<PrinterState, Integer> byState = new EnumMap<>(PrinterState.class);
        private int total;
        private @Nullable Instant nextFinish;
        private @Nullable PrinterId nextFinishPrinter;

        /** Counts one printer. */
        public void add(Status status) {
            byState.merge(status.state(), 1, Integer::sum);
            total++;
            Status.CurrentJob job = status.job();
            addFinish(job == null ? null : job.finishAt(), status.id());
        }

        /** Adds the counts of other printers. */
        public void add(StateCounts counts) {
            counts.byState.forEach((state, count) -> byState.merge(state, count, Integer::sum));
            total += counts.total;
            addFinish(counts.nextFinish, counts.nextFinishPrinter);
        }

        /** Of equal finishes the one added first wins, so that the same fleet gives the same counts. */
        private void addFinish(@Nullable Instant finish, @Nullable PrinterId printer) {
            if (finish != null && (nextFinish == null || finish.isBefore(nextFinish))) {
                nextFinish = finish;
                nextFinishPrinter = printer;
            }
        }

        /** What was counted so far. */
        public StateCounts counts() {
            return new StateCounts(byState, total, nextFinish, nextFinishPrinter);
        }
    }
}
