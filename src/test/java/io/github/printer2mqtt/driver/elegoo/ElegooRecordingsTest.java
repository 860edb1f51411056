package io.github.printer2mqtt.driver.elegoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.printer2mqtt.driver.Mutation;
import io.github.printer2mqtt.driver.ReadingDocument;
import io.github.printer2mqtt.model.Reading;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages in their order, recorded or written after the description (synthetic), and the reading after the last one. After an intended
 * change, copy from {@code target/elegoo}.
 */
class ElegooRecordingsTest {
    private static final Path FOLDER = Path.of("src/test/resources/driver/elegoo/statuses");

    private static final int MUTATIONS = 40;

    static List<String> recordings() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordings")
    void givesTheExpectedReading(String recording) throws IOException {
        ElegooStatuses statuses = new ElegooStatuses();
        Files.readAllLines(FOLDER.resolve(recording)).forEach(statuses::message);

        Reading reading = statuses.reading();

        String found = ReadingDocument.of(reading).encodePrettily() + "\n";
        Path expected = FOLDER.resolve(recording.replace(".jsonl", ".expected.json"));
        Files.writeString(Files.createDirectories(Path.of("target/elegoo")).resolve(expected.getFileName()), found);
        assertThat(expected).exists();
        assertThat(found).isEqualTo(Files.readString(expected));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordings")
    void changedAtRandomItStillGivesAReadingOrIsRefused(String recording) throws IOException {
        long seed = Long.getLong("printer2mqtt.seed", new Random().nextLong());
        Random random = new Random(seed);
        for (String line : Files.readAllLines(FOLDER.resolve(recording))) {
            ElegooStatuses statuses = new ElegooStatuses();
            for (int i = 0; i < MUTATIONS; i++) {
                Buffer changed = Mutation.of(line, random);

                assertThatCode(() -> statuses.hostile(changed).reading())
                        .as("-Dprinter2mqtt.seed=%d: %s", seed, changed)
                        .doesNotThrowAnyException();
            }
        }
    }
}
