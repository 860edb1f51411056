package io.github.printer2mqtt.driver.elegoocc2;

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
 * change, copy from {@code target/elegoo-cc2}.
 */
class Cc2RecordingsTest {
    private static final Path FOLDER = Path.of("src/test/resources/driver/elegoo-cc2/messages");

    private static final int MUTATIONS = 60;

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
        Cc2Messages messages = new Cc2Messages();
        Files.readAllLines(FOLDER.resolve(recording)).forEach(line -> messages.message(Buffer.buffer(line)));

        Reading reading = messages.reading();

        String found = ReadingDocument.of(reading).encodePrettily() + "\n";
        Path expected = FOLDER.resolve(recording.replace(".jsonl", ".expected.json"));
        Files.writeString(Files.createDirectories(Path.of("target/elegoo-cc2")).resolve(expected.getFileName()), found);
        assertThat(expected).exists();
        assertThat(found).isEqualTo(Files.readString(expected));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordings")
    void changedAtRandomItStillGivesAReading(String recording) throws IOException {
        long seed = Long.getLong("printer2mqtt.seed", new Random().nextLong());
        Random random = new Random(seed);
        Cc2Messages messages = new Cc2Messages();
        for (String line : Files.readAllLines(FOLDER.resolve(recording))) {
            for (int i = 0; i < MUTATIONS; i++) {
                Buffer changed = Mutation.of(line, random);

                assertThatCode(() -> messages.message(changed).reading())
                        .as("-Dprinter2mqtt.seed=%d: %s", seed, changed)
                        .doesNotThrowAnyException();
            }
        }
    }
}
