package io.github.printer2mqtt.bench.report;

import java.util.Arrays;

/**
 * The trend of a series: the Theil–Sen slope (the median of the slopes of all pairs, robust against outliers) and the
 * significance by the Mann–Kendall test.
 *
 * @param slope units per second
 * @param significance standard deviations by which more pairs rise than fall; negative where more fall
 * @param growth slope times the time from the first to the last sample, in units
 * @param level median
 */
public record Trend(double slope, double significance, double growth, double level) {
    /** Exceeded by one in a thousand series without a trend. */
    private static final double CERTAIN = 3.1;

    private static final int LEAST_SAMPLES = 8;

    /**
     * @param seconds times of the samples, ascending
     * @param values values of the samples
     * @throws IllegalArgumentException for fewer than eight samples, which are too few for a judgement
     */
    public static Trend of(double[] seconds, double[] values) {
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

    /** Mann–Kendall significance with the correction for ties. */
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

    /** The median; sorts the array. */
    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    /**
     * True for a significant growth that exceeds both limits over the time of the samples.
     *
     * @param units permitted growth in units
     * @param share permitted growth as a share of the median
     */
    public boolean isLeak(double units, double share) {
        return significance > CERTAIN && growth > units && growth > share * level;
    }
}
