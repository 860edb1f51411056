package io.github.printer2mqtt.bench;

import java.util.Arrays;

/**
 * Whether a series grows for good. The slope is Theil and Sen's (the median of the slopes of all pairs, which single
 * outliers do not move); that it is no accident says the test of Mann and Kendall. Pure.
 *
 * @param slope units a second
 * @param significance standard deviations by which more pairs rise than fall; negative where more fall
 * @param growth what the slope makes of the time from the first to the last sample, in units
 * @param level the median
 */
record Trend(double slope, double significance, double growth, double level) {
    /** One series in a thousand without any trend looks like one. */
    private static final double CERTAIN = 3.1;

    private static final int LEAST_SAMPLES = 8;

    /**
     * @param seconds when each sample was taken, rising
     * @param values of the samples
     * @throws IllegalArgumentException for less than eight samples, of which nothing can be said
     */
    static Trend of(double[] seconds, double[] values) {
        int count = values.length;
        if (count != seconds.length || count < LEAST_SAMPLES) {
            throw new IllegalArgumentException("found " + seconds.length + " times and " + count + " values, expected "
                    + LEAST_SAMPLES + " or more");
        }
        double[] slopes = new double[count * (count - 1) / 2];
        int pair = 0;
        long rising = 0;
        for (int i = 0; i < count; i++) {
            for (int j = i + 1; j < count; j++) {
                slopes[pair++] = (values[j] - values[i]) / (seconds[j] - seconds[i]);
                rising += Double.compare(values[j], values[i]);
            }
        }
        double slope = median(slopes);
        return new Trend(
                slope, significance(rising, values), slope * (seconds[count - 1] - seconds[0]), median(values.clone()));
    }

    /** With the correction for samples of the same value. */
    private static double significance(long rising, double[] values) {
        double n = values.length;
        double variance = n * (n - 1) * (2 * n + 5);
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; ) {
            int j = i;
            while (j < sorted.length && sorted[j] == sorted[i]) {
                j++;
            }
            double same = j - i;
            variance -= same * (same - 1) * (2 * same + 5);
            i = j;
        }
        return variance <= 0 ? 0 : (rising - Long.signum(rising)) / Math.sqrt(variance / 18);
    }

    /** Of an array that may be sorted for it. */
    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    /**
     * Whether that is a leak: no accident, and by more than both bounds over the time of the samples.
     *
     * @param units growth that is no leak yet, in units
     * @param share growth that is no leak yet, as a share of the median
     */
    boolean isLeak(double units, double share) {
        return significance > CERTAIN && growth > units && growth > share * level;
    }
}
