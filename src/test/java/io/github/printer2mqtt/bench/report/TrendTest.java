package io.github.printer2mqtt.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

final class TrendTest {
    private static final int SAMPLES = 60;
    private static final double MEGABYTES = 3;
    private static final double SHARE = 0.1;

    private static Trend trend(int samples, IntToDoubleFunction value) {
        double[] seconds = new double[samples];
        double[] values = new double[samples];
        for (int i = 0; i < samples; i++) {
            seconds[i] = 5.0 * i;
            values[i] = value.applyAsDouble(i);
        }
        return Trend.of(seconds, values);
    }

    @Test
    void leakIsFoundUnderNoise() {
        Random random = new Random(1);
        Trend trend = trend(SAMPLES, i -> 30 + 0.2 * i + random.nextGaussian());

        assertThat(trend.isLeak(MEGABYTES, SHARE)).isTrue();
        assertThat(trend.slope()).isCloseTo(0.04, Assertions.within(0.005));
        assertThat(trend.growth()).isCloseTo(11.8, Assertions.within(1.5));
    }

    @Test
    void stepwiseLeakIsFound() {
        assertThat(trend(SAMPLES, i -> 200 + 10 * (i / 10)).isLeak(5, SHARE)).isTrue();
    }

    @Test
    void noiseIsNoLeak() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            assertThat(trend(SAMPLES, i -> 30 + 2 * random.nextGaussian()).isLeak(MEGABYTES, SHARE))
                    .as("seed %s", seed)
                    .isFalse();
        }
    }

    @Test
    void lateLastSampleIsNoLeak() {
        assertThat(trend(SAMPLES, i -> i == SAMPLES - 1 ? 500 : 30 + i % 3).isLeak(MEGABYTES, SHARE))
                .isFalse();
    }

    @Test
    void sawtoothIsNoLeak() {
        assertThat(trend(SAMPLES, i -> 30 + i % 12).isLeak(MEGABYTES, SHARE)).isFalse();
    }

    @Test
    void fallingSeriesIsNoLeak() {
        assertThat(trend(SAMPLES, i -> 90 - i).isLeak(MEGABYTES, SHARE)).isFalse();
    }

    @Test
    void growthWithinLimitsIsNoLeak() {
        Trend trend = trend(SAMPLES, i -> 100 + 0.05 * i);

        assertThat(trend.significance()).isGreaterThan(5);
        assertThat(trend.isLeak(MEGABYTES, SHARE)).isFalse();
    }

    @Test
    void constantSeriesIsNoLeak() {
        Trend trend = trend(SAMPLES, i -> 41);

        assertThat(trend.significance()).isZero();
        assertThat(trend.isLeak(0, 0)).isFalse();
    }

    @Test
    void tooFewSamplesAreRejected() {
        assertThatThrownBy(() -> trend(7, i -> i))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 7 times and 7 values");
    }
}
