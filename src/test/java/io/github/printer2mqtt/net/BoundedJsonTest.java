package io.github.printer2mqtt.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundedJsonTest {
    @Test
    void seriesIsReducedToItsLastElement() {
        Buffer body = Buffer.buffer("{\"temps\":[{\"a\":1},{\"a\":2}],\"n\":{\"temps\":[]},\"other\":[1,2]}");

        assertThat(BoundedJson.objectWithLastOf("temps", body))
                .isEqualTo(Map.of(
                        "temps", List.of(Map.of("a", 2L)), "n", Map.of("temps", List.of()), "other", List.of(1L, 2L)));
    }

    @Test
    void seriesThatIsNoArrayIsAValue() {
        Buffer body = Buffer.buffer("{\"temps\":{\"a\":1}}");

        assertThat(BoundedJson.objectWithLastOf("temps", body)).isEqualTo(Map.of("temps", Map.of("a", 1L)));
    }

    @Test
    void elementsOfASeriesDoNotCount() {
        Buffer body = Buffer.buffer("{\"temps\":[" + "{\"a\":1},".repeat(30_000) + "{\"a\":2}]}");

        assertThat(BoundedJson.objectWithLastOf("temps", body)).containsKey("temps");
        assertThatThrownBy(() -> BoundedJson.object(body)).isInstanceOf(PrinterException.class);
    }

    @Test
    void oneElementOfASeriesIsBounded() {
        Buffer body = Buffer.buffer("{\"temps\":[[" + "1,".repeat(30_000) + "1]]}");

        assertThatThrownBy(() -> BoundedJson.objectWithLastOf("temps", body)).isInstanceOf(PrinterException.class);
    }
}
