package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.ConfigReader;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys, environment variables and configurations in the documents. */
class DocumentedConfigurationTest {
    private static final Pattern KEY = Pattern.compile(
            "`((?:http|mqtt|broker|polling|database|secrets|commands|alerts|home_assistant|security)\\.[a-z_.]+)`");
    private static final Pattern VARIABLE = Pattern.compile("PRINTER2MQTT_[A-Z0-9_]*[A-Z0-9]");

    /** JSON that is not marked as an example; ReferenceDocumentsTest checks examples. */
    private static final Pattern SNIPPET = Pattern.compile("(?<!-->\n)```json\\R(.*?)```", Pattern.DOTALL);

    private static final Set<String> OTHER_VARIABLES = Set.of(
            "PRINTER2MQTT_CONFIG",
            "PRINTER2MQTT_URL",
            "PRINTER2MQTT_CLI_TOKEN",
            "PRINTER2MQTT_CLI_CA",
            "PRINTER2MQTT_CLI_FINGERPRINT",
            "PRINTER2MQTT_HEALTH_FILE",
            "PRINTER2MQTT_PEERS",
            "PRINTER2MQTT_OCTOPRINT",
            "PRINTER2MQTT_MOONRAKER",
            "PRINTER2MQTT_PRUSALINK",
            "PRINTER2MQTT_OPENAPI_VALIDATOR",
            "PRINTER2MQTT_SCHEMATHESIS",
            "PRINTER2MQTT_PYTHON_CLIENTS",
            "PRINTER2MQTT_NODE_RED",
            "PRINTER2MQTT_TRAEFIK",
            "PRINTER2MQTT_CHROMIUM");

    @ParameterizedTest
    @MethodSource("io.github.printer2mqtt.MarkdownDocument#all")
    void keysAndVariablesExist(Path document) {
        String configuration = read(Path.of("docs", "reference", "configuration.md"));
        Set<String> keys =
                new TreeSet<>(MarkdownDocument.found(Pattern.compile("(?m)^\\| `([a-z_.]+)`"), configuration));
        assertThat(keys).hasSizeGreaterThan(30);
        assertThat(MarkdownDocument.found(KEY, read(document)))
                .allMatch(key -> isKey(key, keys) || isPackage(key), "is a key or a package");
        assertThat(variables(document)).allMatch(name -> isVariable(name, configuration), "is a variable");
    }

    @Test
    void variablesOfContainersExist() {
        String configuration = read(Path.of("docs", "reference", "configuration.md"));
        List<String> used = new ArrayList<>(variables(Path.of("docker-compose.yml")));
        used.addAll(variables(Path.of("Dockerfile")));
        assertThat(used).isNotEmpty().allMatch(name -> isVariable(name, configuration), "is a variable");
    }

    @ParameterizedTest
    @MethodSource("io.github.printer2mqtt.MarkdownDocument#all")
    void configurationSnippetsAreValid(Path document) {
        for (String snippet : MarkdownDocument.found(SNIPPET, read(document))) {
            if (document.startsWith(Path.of("docs", "drivers"))) {
                checkRegistration(document, new JsonObject(snippet));
            } else {
                new ConfigReader(Map.of(), ConfigReader.SecretFiles.ofSystem()).read(document.toString(), snippet);
            }
        }
    }

    /** The page of a driver shows how its printers are registered. */
    private static void checkRegistration(Path document, JsonObject registration) {
        assertThat(registration.fieldNames())
                .as(document.toString())
                .isSubsetOf("name", "driver", "address", "credentials", "polling", "tls", "model", "group", "tags");
        assertThat(document.getFileName().toString()).isEqualTo(registration.getString("driver") + ".md");
    }

    @Test
    void shippedConfigurationIsValid() {
        new ConfigReader(Map.of(), ConfigReader.SecretFiles.ofSystem())
                .read("config.json", read(Path.of("config.json")));
    }

    private static boolean isKey(String key, Set<String> keys) {
        String stem = key.replaceFirst("\\.$", "");
        return keys.contains(stem) || keys.stream().anyMatch(known -> known.startsWith(stem + "."));
    }

    private static boolean isPackage(String name) {
        return Files.isDirectory(Path.of("src/main/java/io/github/printer2mqtt", name.replace('.', '/')));
    }

    private static List<String> variables(Path document) {
        return VARIABLE.matcher(read(document))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static boolean isVariable(String name, String configuration) {
        String secret = name.replaceFirst("_FILE$", "");
        return OTHER_VARIABLES.contains(name)
                || configuration.contains("| `" + name + "` ")
                || configuration.contains("| `" + secret + "` (or `…_FILE`)");
    }

    private static String read(Path file) {
        return MarkdownDocument.of(file).text();
    }
}
