package io.github.printer2mqtt.driver.creality;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Reading;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages with the shape of recorded ones, and the reading after the last one. After an intended change, copy from {@code
 * target/creality}.
 */
class CrealityRecordingsTest {
    private static final List<Object> WRONG = List.of(
            "", "x", "1e999", -1, 2_000_000_000_000L, true, new JsonArray().add(1), new JsonObject().put("a", 1));

    static List<String> recordings() throws IOException {
        try (Stream<Path> files = Files.list(CrealityMessages.FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordings")
    void givesTheExpectedReading(String recording) throws IOException {
        String found = CrealityMessages.of(recording).document().encodePrettily() + "\n";
        String expected = recording.replace(".jsonl", ".expected.json");
        Files.writeString(Files.createDirectories(Path.of("target/creality")).resolve(expected), found);

        assertThat(CrealityMessages.FOLDER.resolve(expected)).exists();
        assertThat(found).isEqualTo(CrealityMessages.text(expected));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordings")
    void valuesOfAnotherTypeAreUnknownAndNoFault(String recording) {
        List<Reading> readings = new ArrayList<>();
        List<JsonObject> messages =
                CrealityMessages.text(recording).lines().map(JsonObject::new).toList();
        for (JsonObject message : messages) {
            for (String name : message.fieldNames()) {
                for (Object wrong : WRONG) {
                    CrealityMessages all = CrealityMessages.of(recording);
                    readings.add(all.add(name, wrong).reading());
                }
            }
        }

        assertThat(readings)
                .isNotEmpty()
                .allSatisfy(reading -> assertThat(reading.state()).isNotNull());
    }
}
