package io.github.printer2mqtt.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/configuration.md lists the keys there are. */
class ConfigurationDocumentTest {
    @Test
    void hasARowForEveryKey() throws IOException {
        List<String> rows = Stream.of(
                        Files.readString(Path.of("docs", "configuration.md")).split("\\R"))
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(rows)
                .isEqualTo(Keys.ALL.stream().map(ConfigurationDocumentTest::row).toList());
    }

    private static String row(Key<?> key) {
        String file = key.isSecret() ? " (or `…_FILE`)" : "";
        return String.format(
                Locale.ROOT,
                "| `%s` | `%s` | %s | %s | `%s`%s |",
                key.path(),
                key.standardJson(),
                key.expected(),
                key.meaning(),
                key.variable(),
                file);
    }
}
