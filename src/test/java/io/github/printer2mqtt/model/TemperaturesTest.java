package io.github.printer2mqtt.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Temperatures.Temperature;
import org.junit.jupiter.api.Test;

class TemperaturesTest {
    @Test
    void heaterWithImpossibleValuesOnlyIsUnknown() {
        assertThat(Temperature.orNull(1e9, Double.NaN)).isNull();
        assertThat(Temperature.orNull(null, -1.0)).isNull();
    }

    @Test
    void heaterWithOnePossibleValueIsKept() {
        assertThat(Temperature.orNull(21.04, 1e9)).isEqualTo(new Temperature(21.0, null));
    }
}
