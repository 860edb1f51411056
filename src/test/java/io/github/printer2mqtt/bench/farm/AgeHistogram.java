package io.github.printer2mqtt.bench.farm;

import java.util.Arrays;

/**
 * A time-weighted histogram of ages: between two responses an age grows from 0 to the interval. The resolution is one
 * millisecond; ages above two minutes count as two minutes. Not thread-safe.
 */
final class AgeHistogram {
    private static final int MOST_MILLIS = 120_000;
    private static final int FIRST_MILLIS = 2_048;
    private static final double NANOS_A_MILLI = 1e6;

    private long[] starts = new long[FIRST_MILLIS];
    private int highest;

    /** Records an age that grew linearly from one value to another, in nanoseconds. */
    void grew(long from, long to) {
        if (to <= from) {
            return;
        }
        int first = bucket(from);
        int end = Math.max(bucket(to), first + 1);
        if (end >= starts.length) {
            starts = Arrays.copyOf(starts, 2 * end);
        }
        starts[first]++;
        starts[end]--;
        highest = Math.max(highest, end);
    }

    private static int bucket(long nanos) {
        return (int) Math.min(MOST_MILLIS - 1, Math.round(nanos / NANOS_A_MILLI));
    }

    /** The age in milliseconds that was not exceeded for this percentage of the time; 0 if nothing was recorded. */
    double percentile(double percent) {
        long total = 0;
        long open = 0;
        for (int i = 0; i < highest; i++) {
            open += starts[i];
            total += open;
        }
        double wanted = total * percent / 100;
        open = 0;
        double sum = 0;
        for (int i = 0; i < highest; i++) {
            open += starts[i];
            sum += open;
            if (sum >= wanted) {
                return total == 0 ? 0 : i + 1;
            }
        }
        return highest;
    }

    /** The maximum age in milliseconds. */
    double most() {
        return highest;
    }

    void clear() {
        Arrays.fill(starts, 0, highest + 1, 0);
        highest = 0;
    }
}
