package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.TelemetryField;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The generated table on the page of a driver. */
class DriverPagesTest {
    private static final Path PAGES = Path.of("docs/drivers");
    private static final String MARKER = "DriverPagesTest";

    static List<String> pages() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            return files.filter(DriverPagesTest::isGenerated)
                    .map(file -> file.getFileName().toString().replace(".md", ""))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isGenerated(Path file) {
        try {
            return Files.readString(file).contains(MARKER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void tableMatchesTheDriver(String id) throws IOException {
        Driver driver = Objects.requireNonNull(Drivers.byId().get(id));
        String expected = table(driver);

        assertThat(Files.readString(PAGES.resolve(id + ".md")))
                .as("docs/drivers/%s.md must have this table:%n%s", id, expected)
                .contains("\n\n" + expected + "\n\n");
    }

    @Test
    void everyDriverCanBeChosenOnTheWebPage() throws IOException {
        String source = Files.readString(Path.of("src/main/web/src/view/add.tsx"));
        String list = source.substring(source.indexOf("const DRIVERS"));

        assertThat(list.substring(0, list.indexOf("};"))
                        .lines()
                        .filter(line -> line.contains(": '"))
                        .map(line -> line.strip().split(":", 2)[0].replace("'", "")))
                .containsExactlyInAnyOrderElementsOf(Drivers.byId().keySet());
    }

    @ParameterizedTest
    @CsvSource({"THUMBNAILS, THUMBNAIL", "SNAPSHOTS, SNAPSHOT"})
    void webPageShowsThePicturesOfTheDriversThatHaveThem(String list, TelemetryField picture) throws IOException {
        String source = Files.readString(Path.of("src/main/web/src/view/picture.tsx"));
        String names = source.substring(source.indexOf("const " + list));

        assertThat(Pattern.compile("'(\\w+)'")
                        .matcher(names.substring(0, names.indexOf(';')))
                        .results()
                        .map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(Drivers.all().stream()
                        .filter(driver -> driver.telemetry().contains(picture))
                        .map(Driver::id)
                        .toList());
    }

    private static String table(Driver driver) {
        String commands = Arrays.stream(Capability.values())
                .filter(driver.capabilities()::contains)
                .map(capability -> "`" + capability.wireName() + "`")
                .collect(Collectors.joining(", "));
        String values = Arrays.stream(TelemetryField.values())
                .filter(driver.telemetry()::contains)
                .map(field -> field.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return String.join(
                "\n",
                "| | `" + driver.id() + "` |",
                "|---|---|",
                "| default port | " + driver.defaultPort() + " |",
                "| commands | " + (commands.isEmpty() ? "none" : commands) + " |",
                "| optional values | " + (values.isEmpty() ? "none" : values) + " |");
    }
}
