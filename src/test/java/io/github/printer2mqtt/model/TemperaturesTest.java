package io.github.printer2mqtt.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Temperatures.Temperature;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemperaturesTest {
    @Test
    void heaterWithImpossibleValuesOnlyIsUnknown() {
        assertThat(Temperature.orNull(1e9, Double.NaN)).isNull();
        assertThat(Temperature.orNull(null, -1.0)).isNull();
    }

    @Test
    void activeNozzleIsTheOneThatIsShown() {
        Temperature left = new Temperature(47.0, 0.0);
        Temperature right = new Temperature(245.0, 245.0);

        assertThat(new Temperatures(List.of(right, left), null, null, 1).nozzle())
                .isEqualTo(left);
        assertThat(new Temperatures(List.of(right, left), null, null).nozzle()).isEqualTo(right);
        assertThat(new Temperatures(List.of(right), null, null, 3).activeNozzle())
                .isNull();
        assertThat(new Temperatures(List.of(), null, null, 0).activeNozzle()).isNull();
    }

    @Test
    void heaterWithOnePossibleValueIsKept() {
        assertThat(Temperature.orNull(21.04, 1e9)).isEqualTo(new Temperature(21.0, null));
    }
}
