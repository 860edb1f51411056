package io.github.printer2mqtt.config;

import static io.github.printer2mqtt.config.InvalidConfigTest.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The messages for a config.json that is missing or no JSON. */
class UnreadableConfigTest {
    @Test
    void invalidJsonIsReportedWithLineAndColumn() {
        assertThat(lines("{\n  \"http\": {\"port\": 8080,}\n}"))
                .containsExactly("config.json, line 2, column 25: found \"}\" (extra comma or missing bracket before"
                        + " it?), expected JSON");
        assertThat(lines("{\n// note\n}"))
                .containsExactly(
                        "config.json, line 2, column 1: found \"/\" (comments are not allowed in JSON), expected JSON");
        assertThat(lines("{\"http\": {\"port\": 1}"))
                .containsExactly("config.json, line 1, column 21: found the end of the file, expected JSON");
        assertThat(lines("{'http': {}}"))
                .containsExactly(
                        "config.json, line 1, column 2: found ' (JSON strings need double quotes), expected JSON");
        assertThat(lines("{\"http\": {}\n\"mqtt\": {}}"))
                .containsExactly("config.json, line 2, column 1: found the start of the next value (missing comma or"
                        + " colon before it?), expected JSON");
    }

    @Test
    void missingFileIsAnErrorOnlyIfItWasNamed() {
        Path missing = Path.of("target", "no-such", "config.json");
        ConfigReader reader = new ConfigReader(Map.of(), ConfigReader.SecretFiles.ofSystem());
        assertThat(reader.readIfPresent(missing)).isEqualTo(BridgeConfig.defaults());
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> reader.read(missing))
                .withMessage(missing + ": found no file, expected a JSON file");
    }

    @Test
    void deeplyNestedFileIsReported() {
        assertThat(lines("[".repeat(100_000)))
                .containsExactly("config.json: found brackets nested too deeply or a value that is too long,"
                        + " expected JSON");
    }
}
