package io.github.printer2mqtt.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountTextTest {
    @Test
    void oneThingIsSingular() {
        assertThat(CountText.of(0, "row")).isEqualTo("0 rows");
        assertThat(CountText.of(1, "row")).isEqualTo("1 row");
        assertThat(CountText.of(2, "row")).isEqualTo("2 rows");
        assertThat(CountText.of(1, "address", "addresses")).isEqualTo("1 address");
        assertThat(CountText.of(254, "address", "addresses")).isEqualTo("254 addresses");
    }
}
