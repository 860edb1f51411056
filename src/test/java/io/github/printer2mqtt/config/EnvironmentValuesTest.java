package io.github.printer2mqtt.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.text.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys set by environment variables. */
class EnvironmentValuesTest {
    @Test
    void variableOverridesTheFile() {
        BridgeConfig config = read(
                "{\"http\": {\"port\": 1}, \"polling\": {\"offline_after\": 5}}",
                Map.of("PRINTER2MQTT_HTTP_PORT", "2"));
        assertThat(config.http().port()).isEqualTo(2);
        assertThat(config.polling().offlineAfter()).isEqualTo(5);
    }

    @Test
    void nestedKeysListsAndFlagsAreSet() {
        BridgeConfig config = read(
                "{}",
                Map.of(
                        "PRINTER2MQTT_POLLING_INTERVAL_OFFLINE_MAX", "2m",
                        "PRINTER2MQTT_HOME_ASSISTANT_PREFIX", "ha",
                        "PRINTER2MQTT_COMMANDS_MQTT", "pause, resume",
                        "PRINTER2MQTT_HTTP_ALLOWED_HOSTS", "farm.example,farm",
                        "PRINTER2MQTT_SECURITY_ALLOW_LOOPBACK_PRINTERS", "true"));
        assertThat(config.polling().interval().offlineMax()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.homeAssistant().prefix()).isEqualTo("ha");
        assertThat(config.commands().mqtt()).isEqualTo(Set.of(Verb.PAUSE, Verb.RESUME));
        assertThat(config.http().allowedHosts()).containsExactly("farm.example", "farm");
        assertThat(config.security().allowLoopbackPrinters()).isTrue();
    }

    @Test
    void keyForSecretsComesFromAVariableOrItsOwnFile() {
        String key = "0f".repeat(32);
        assertThat(read("{}", Map.of("PRINTER2MQTT_SECRETS_KEY", key)).secrets().key())
                .isEqualTo(Secret.of(key));
        // The file is not read here: it may be created.
        assertThat(read("{}", Map.of("PRINTER2MQTT_SECRETS_KEY_FILE", "/run/secrets/key"))
                        .secrets())
                .isEqualTo(new BridgeConfig.Secrets(null, "/run/secrets/key"));
    }

    @Test
    void emptyVariableUnsetsANullableKey() {
        BridgeConfig config = read(
                "{\"mqtt\": {\"url\": \"mqtt://broker\"}, \"commands\": {\"mqtt\": [\"pause\"]}}",
                Map.of("PRINTER2MQTT_MQTT_URL", "", "PRINTER2MQTT_COMMANDS_MQTT", ""));
        assertThat(config.mqtt().url()).isNull();
        assertThat(config.commands().mqtt()).isEmpty();
    }

    @Test
    void everyKeyHasItsOwnVariable() {
        Set<String> variables = new HashSet<>();
        for (Key<?> key : Keys.ALL) {
            assertThat(variables.add(key.variable())).as(key.variable()).isTrue();
            boolean hasFileKey = Keys.at(key.path() + "_file") != null;
            assertThat(hasFileKey || variables.add(key.fileVariable()))
                    .as(key.fileVariable())
                    .isTrue();
            Map<String, String> invalid = Map.of(key.variable(), "\u0001");
            assertThat(errors("{}", invalid)).singleElement().asString().startsWith(key.variable());
        }
    }

    @Test
    void errorNamesTheVariable() {
        Map<String, String> environment = new HashMap<>();
        environment.put("PRINTER2MQTT_POLLING_TIMEOUT", "1x");
        environment.put("PRINTER2MQTT_HTTP_PORT", "");
        environment.put("PRINTER2MQTT_COMMANDS_MQTT", "pause,explode");
        environment.put("PRINTER2MQTT_BROKER_PASSWORD", "hush");
        environment.put("PRINTER2MQTT_POLING_TIMEOUT", "1s");
        environment.put("PRINTER2MQTT_MQTT_URL_FILE", "/run/secrets/url");
        environment.put("PRINTER2MQTT_PORT", "tcp://10.0.0.1:80");
        environment.put("PRINTER2MQTTISH", "not ours");
        assertThat(errors("{}", environment))
                .containsExactly(
                        "PRINTER2MQTT_HTTP_PORT: found \"\", expected a whole number from 0 to 65535",
                        "PRINTER2MQTT_POLLING_TIMEOUT: found \"1x\", expected a duration such as \"500ms\", \"2s\" or"
                                + " \"5m\"",
                        "PRINTER2MQTT_COMMANDS_MQTT[1]: found \"explode\", expected one of \"pause\", \"resume\","
                                + " \"cancel\", \"nozzle_temperature\", \"bed_temperature\", \"home\","
                                + " \"emergency_stop\", \"light\", \"speed\", \"clear_plate\"",
                        "PRINTER2MQTT_MQTT_URL_FILE: found an unknown variable, expected one of the variables"
                                + " listed in docs/reference/configuration.md",
                        "PRINTER2MQTT_POLING_TIMEOUT: found an unknown variable, expected PRINTER2MQTT_POLLING_TIMEOUT",
                        "PRINTER2MQTT_PORT: found an unknown variable, expected one of the variables"
                                + " listed in docs/reference/configuration.md",
                        "PRINTER2MQTT_BROKER_PASSWORD: found a value without broker.username, expected both or neither");
    }

    @Test
    void variablesOfTheCommandLineAreIgnored() {
        assertThat(read(
                        "{}",
                        Map.of(
                                "PRINTER2MQTT_URL", "x",
                                "PRINTER2MQTT_CLI_TOKEN", "x",
                                "PRINTER2MQTT_PEERS", "required",
                                "PRINTER2MQTT_CONFIG", "x",
                                "PATH", "x")))
                .isEqualTo(BridgeConfig.defaults());
    }

    @Test
    void secretsAreReadFromFiles(@TempDir Path folder) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "0123456789abcdef\n");
        Path password = Files.writeString(folder.resolve("password"), "hush \r\n");
        BridgeConfig config = new ConfigReader(
                        Map.of(
                                "PRINTER2MQTT_HTTP_TOKEN_FILE", token.toString(),
                                "PRINTER2MQTT_MQTT_USERNAME", "me",
                                "PRINTER2MQTT_MQTT_PASSWORD_FILE", password.toString()),
                        ConfigReader.SecretFiles.ofSystem())
                .read("config.json", "{\"http\": {\"token\": \"another-token-of-the-file\"}}");
        assertThat(config.http().token()).isEqualTo(Secret.of("0123456789abcdef"));
        assertThat(config.mqtt().password()).isEqualTo(Secret.of("hush "));
    }

    @Test
    void fileWithoutASecretIsReported(@TempDir Path folder) throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        Path missing = folder.resolve("missing");
        Map<String, String> environment = Map.of(
                "PRINTER2MQTT_HTTP_TOKEN_FILE", missing.toString(),
                "PRINTER2MQTT_MQTT_PASSWORD_FILE", empty.toString(),
                "PRINTER2MQTT_BROKER_PASSWORD", "canary",
                "PRINTER2MQTT_BROKER_PASSWORD_FILE", missing.toString());
        ConfigReader reader = new ConfigReader(environment, ConfigReader.SecretFiles.ofSystem());
        assertThat(lines(reader::readEnvironment))
                .containsExactly(
                        "PRINTER2MQTT_HTTP_TOKEN_FILE: found no readable file \"" + missing
                                + "\", expected a file with the secret",
                        "PRINTER2MQTT_MQTT_PASSWORD_FILE: found an empty file \"" + empty
                                + "\", expected a file with the secret",
                        "PRINTER2MQTT_BROKER_PASSWORD_FILE: found PRINTER2MQTT_BROKER_PASSWORD as well, expected only"
                                + " one of the two");
    }

    @Test
    void errorNeverShowsASecret(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "canary");
        assertThat(errors("{}", Map.of("PRINTER2MQTT_HTTP_TOKEN", "canary")))
                .containsExactly(
                        "PRINTER2MQTT_HTTP_TOKEN: found fewer than 16 characters, expected 16 to 1024 characters");
        ConfigReader reader = new ConfigReader(
                Map.of("PRINTER2MQTT_HTTP_TOKEN_FILE", file.toString()), ConfigReader.SecretFiles.ofSystem());
        assertThat(lines(reader::readEnvironment))
                .containsExactly(
                        "PRINTER2MQTT_HTTP_TOKEN_FILE: found fewer than 16 characters, expected 16 to 1024 characters");
    }

    @Test
    void undecodableTextIsRefused() {
        assertThat(errors(
                        "{}",
                        Map.of(
                                "PRINTER2MQTT_MQTT_BASE_TOPIC",
                                "s\ufffdd",
                                "PRINTER2MQTT_MQTT_PASSWORD",
                                "can\ufffdry")))
                .containsExactlyInAnyOrder(
                        "PRINTER2MQTT_MQTT_BASE_TOPIC: found a character that cannot be decoded, expected UTF-8;"
                                + " set LC_ALL=C.UTF-8",
                        "PRINTER2MQTT_MQTT_PASSWORD: found a character that cannot be decoded, expected UTF-8; set"
                                + " LC_ALL=C.UTF-8");
    }

    @Test
    void environmentIsReadEvenIfTheFileIsInvalid() {
        assertThat(errors("{", Map.of("PRINTER2MQTT_HTTP_PORT", "x"))).hasSize(2);
    }

    private static BridgeConfig read(String json, Map<String, String> environment) {
        return new ConfigReader(environment, path -> "").read("config.json", json);
    }

    private static List<String> errors(String json, Map<String, String> environment) {
        return lines(() -> read(json, environment));
    }

    static List<String> lines(Runnable reading) {
        try {
            reading.run();
            return List.of();
        } catch (InvalidConfigException e) {
            return e.errors().stream()
                    .map(InvalidConfigException.ConfigError::line)
                    .toList();
        }
    }
}
