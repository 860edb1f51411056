package io.github.printer2mqtt.driver.repetier;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures.Temperature;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events, recorded and made up, in the newest snapshot of a server. */
class RepetierSnapshotTest {
    private static final Path RECORDING =
            Path.of("src/test/resources/driver/repetier/websocket/cartesian-0.92-stop.json");
    private static final String SLUG = "Cartesian";

    private final RepetierSnapshot before = new RepetierSnapshot(
            List.of(json("{\"slug\":\"Cartesian\",\"active\":true,\"online\":1,\"job\":\"none\"}")),
            json("{\"Cartesian\":{\"extruder\":[{\"tempRead\":20,\"tempSet\":0,\"error\":0}],"
                    + "\"heatedBeds\":[{\"tempRead\":21,\"tempSet\":0}],\"heatedChambers\":[{\"tempRead\":22,\"tempSet\":0}],"
                    + "\"speedMultiply\":100},\"Other\":{\"speedMultiply\":90}}"));

    private static LenientJson json(String text) {
        return LenientJson.of(new JsonObject(text));
    }

    private static Reading reading(RepetierSnapshot snapshot) {
        return RepetierMapper.reading(
                snapshot.printers().get(0), snapshot.states().at(SLUG), List.of(), null);
    }

    @Test
    void recordedStateReplacesThatOfItsPrinter() throws IOException {
        RepetierSnapshot after = before;
        for (LenientJson event : json(Files.readString(RECORDING)).elements("data")) {
            assertThat(event.text("event")).isEqualTo("updatePrinterState");
            after = after.after("updatePrinterState", String.valueOf(event.text("printer")), event.at("data"));
        }

        assertThat(reading(after).temperatures().nozzles())
                .containsExactly(new Temperature(200.0, 200.0), new Temperature(20.0, 0.0));
        assertThat(reading(after).temperatures().bed()).isEqualTo(new Temperature(20.0, 0.0));
        assertThat(after.states().at("Other").integer("speedMultiply")).isEqualTo(90);
    }

    @Test
    void temperatureChangesItsHeaterOnly() {
        RepetierSnapshot after = before.after("temp", SLUG, json("{\"id\":0,\"T\":214.6,\"S\":215.0,\"O\":180}"))
                .after("temp", SLUG, json("{\"id\":1000,\"T\":59.5,\"S\":60}"))
                .after("temp", SLUG, json("{\"id\":2000,\"T\":35.5}"));

        assertThat(reading(after).temperatures().nozzles()).containsExactly(new Temperature(214.6, 215.0));
        assertThat(reading(after).temperatures().bed()).isEqualTo(new Temperature(59.5, 60.0));
        assertThat(reading(after).temperatures().chamber()).isEqualTo(new Temperature(35.5, 0.0));
        assertThat(reading(after).speed()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"id\":1,\"T\":9}", "{\"id\":-1,\"T\":9}", "{\"id\":1001,\"T\":9}", "{\"id\":\"0\"}"})
    void temperatureOfAnUnknownHeaterIsIgnored(String event) {
        assertThat(reading(before.after("temp", SLUG, json(event)))).isEqualTo(reading(before));
    }

    @Test
    void layerIsThatOfThePrinter() {
        RepetierSnapshot after = before.after("layerChanged", SLUG, json("{\"layer\":7,\"maxLayer\":90}"));

        assertThat(after.states().at(SLUG).integer("layer")).isEqualTo(7);
        assertThat(before.after("layerChanged", "Unknown", json("{\"layer\":7}")))
                .isEqualTo(before);
        assertThat(before.after("layerChanged", SLUG, json("{}"))).isEqualTo(before);
    }
}
