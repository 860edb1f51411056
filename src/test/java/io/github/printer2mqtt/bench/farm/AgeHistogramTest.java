package io.github.printer2mqtt.bench.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class AgeHistogramTest {
    private static final long MILLI = 1_000_000;

    private final AgeHistogram ages = new AgeHistogram();

    @Test
    void ageGrowsLinearlyBetweenResponses() {
        ages.grew(0, 1_000 * MILLI);

        assertThat(ages.percentile(50)).isCloseTo(500, within(1.0));
        assertThat(ages.percentile(99)).isCloseTo(990, within(1.0));
        assertThat(ages.most()).isEqualTo(1_000);
    }

    @Test
    void agesAreWeightedByTime() {
        for (int i = 0; i < 9; i++) {
            ages.grew(0, 1_000 * MILLI);
        }
        ages.grew(0, 11_000 * MILLI);

        // Half of the twenty seconds belong to ages up to 1 s: ten of the ten answers' first second.
        assertThat(ages.percentile(50)).isCloseTo(1_000, within(1.0));
        assertThat(ages.percentile(100)).isEqualTo(11_000);
    }

    @Test
    void windowStartsWithinAnAge() {
        ages.grew(700 * MILLI, 1_200 * MILLI);

        assertThat(ages.percentile(0.1)).isCloseTo(701, within(1.0));
        assertThat(ages.percentile(50)).isCloseTo(950, within(1.0));
    }

    @Test
    void agesAboveTwoMinutesCountAsTwoMinutes() {
        ages.grew(0, 3_600_000 * MILLI);

        assertThat(ages.most()).isLessThanOrEqualTo(120_000);
    }

    @Test
    void clearRemovesAllAges() {
        ages.grew(0, 5_000 * MILLI);
        ages.clear();
        ages.grew(0, 100 * MILLI);

        assertThat(ages.percentile(99)).isLessThanOrEqualTo(100);
        assertThat(ages.most()).isEqualTo(100);
    }
}
