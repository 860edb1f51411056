package io.github.printer2mqtt.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.type.JsonTree.JsonType;
import io.github.printer2mqtt.config.type.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** docs/reference/configuration.md has the table of all keys. */
class ConfigurationDocumentTest {
    @Test
    void tableHasARowForEveryKey() throws IOException {
        Path document = Path.of("docs", "reference", "configuration.md");
        List<String> rows = Files.readAllLines(document).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        List<String> expected =
                Keys.ALL.stream().map(ConfigurationDocumentTest::row).toList();
        assertThat(rows)
                .as("%s must have these rows:%n%s%n", document, String.join("\n", expected))
                .isEqualTo(expected);
    }

    private static String row(Key<?> key) {
        String file = key.hasFileVariable() ? " (or `…_FILE`)" : "";
        return String.format(
                Locale.ROOT,
                "| `%s` | `%s` | %s | %s | `%s`%s |",
                key.path(),
                defaultJson(key),
                key.expected(),
                key.description(),
                key.variable(),
                file);
    }

    private static String defaultJson(Key<?> key) {
        String text = key.defaultText();
        if (text == null) {
            return "null";
        }
        if (key.type() instanceof ValueType.ListOf<?>) {
            return text.isEmpty() ? "[]" : "[\"" + text.replace(",", "\", \"") + "\"]";
        }
        boolean isString = key.type() instanceof ValueType.Single<?> single && single.jsonType() == JsonType.STRING;
        return isString ? '"' + text + '"' : text;
    }
}
