package io.github.printer2mqtt.driver.flashforgetcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.ReadingDocument;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replies, recorded or written after the description (synthetic), and the reading of them over a real connection. After an intended
 * change, copy from {@code target/flashforge-tcp}.
 */
class FlashforgeTcpRecordingsTest {
    private static final Path FOLDER = Path.of("src/test/resources/driver/flashforge-tcp/replies");

    private static final int MUTATIONS = 200;

    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    static List<String> recordings() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json") && !name.endsWith(".expected.json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordings")
    void givesTheExpectedReading(String recording) throws IOException {
        ScriptedFlashforge printer = new ScriptedFlashforge().replies(replies(recording));
        String url = printers.start(printer).url();

        Reading reading = fixture.openAt(new FlashforgeTcpDriver(), Credentials.none(), Duration.ofSeconds(10), url)
                .poll();

        String found = ReadingDocument.of(reading).encodePrettily() + "\n";
        Path expected = FOLDER.resolve(recording.replace(".json", ".expected.json"));
        Files.writeString(
                Files.createDirectories(Path.of("target/flashforge-tcp")).resolve(expected.getFileName()), found);
        assertThat(expected).exists();
        assertThat(found).isEqualTo(Files.readString(expected));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordings")
    void changedAtRandomItStillGivesAReadingOrIsUnreadable(String recording) throws IOException {
        long seed = Long.getLong("printer2mqtt.seed", new Random().nextLong());
        Random random = new Random(seed);
        JsonObject replies = replies(recording);
        for (int i = 0; i < MUTATIONS; i++) {
            try {
                new FlashforgeReadings()
                        .read(
                                changed(replies.getString("M119"), random),
                                changed(replies.getString("M105"), random),
                                changed(replies.getString("M27"), random),
                                changed(replies.getString("M115"), random));
            } catch (PrinterException e) {
                assertThat(e.failure().reason())
                        .as("-Dprinter2mqtt.seed=%d", seed)
                        .isEqualTo(FailureReason.UNREADABLE);
            } catch (RuntimeException e) {
                throw new AssertionError("-Dprinter2mqtt.seed=" + seed, e);
            }
        }
    }

    private static JsonObject replies(String recording) throws IOException {
        return new JsonObject(Files.readString(FOLDER.resolve(recording)));
    }

    /** Some bytes replaced, repeated or removed. */
    private static String changed(String reply, Random random) {
        StringBuilder text = new StringBuilder(reply);
        for (int i = random.nextInt(6); i > 0 && !text.isEmpty(); i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(32, 256));
                case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(40)));
                case 2 -> text.insert(at, "9".repeat(random.nextInt(1, 30)));
                default -> text.insert(at, text.charAt(at));
            }
        }
        return new String(text.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
