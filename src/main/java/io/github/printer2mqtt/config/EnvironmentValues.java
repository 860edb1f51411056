package io.github.printer2mqtt.config;

import io.github.printer2mqtt.config.type.JsonTree;
import io.github.printer2mqtt.text.NearestWord;
import io.github.printer2mqtt.text.QuotedText;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads values from environment variables, which override those of the file. */
final class EnvironmentValues {
    private static final String PREFIX = "PRINTER2MQTT_";

    /** Variables of the command line, of the container's health check and of tests. */
    private static final Set<String> OTHER_VARIABLES = Set.of(
            "PRINTER2MQTT_CONFIG",
            "PRINTER2MQTT_URL",
            "PRINTER2MQTT_CLI_TOKEN",
            "PRINTER2MQTT_CLI_CA",
            "PRINTER2MQTT_CLI_FINGERPRINT",
            "PRINTER2MQTT_HEALTH_FILE",
            "PRINTER2MQTT_PEERS");

    private final Values values;
    private final ConfigReader.SecretFiles files;

    EnvironmentValues(Values values, ConfigReader.SecretFiles files) {
        this.values = values;
        this.files = files;
    }

    void read(Map<String, String> environment) {
        Map<String, String> rest = new TreeMap<>(environment);
        rest.keySet().removeIf(name -> !name.startsWith(PREFIX) || OTHER_VARIABLES.contains(name));
        for (Key<?> key : Keys.ALL) {
            String text = rest.remove(key.variable());
            String file = key.hasFileVariable() ? rest.remove(key.fileVariable()) : null;
            if (isUnreadable(key, key.variable(), text) || isUnreadable(key, key.fileVariable(), file)) {
                continue;
            }
            if (text != null && file != null) {
                values.reject(key, key.fileVariable(), key.variable() + " as well", "only one of the two");
            } else if (text != null) {
                values.set(key, key.variable(), JsonTree.ofVariable(text));
            } else if (file != null) {
                setFromFile(key, key.fileVariable(), file);
            }
        }
        for (String unknown : rest.keySet()) {
            values.addError(unknown, "an unknown variable", suggestion(unknown));
        }
    }

    private static String suggestion(String unknown) {
        List<String> known = Keys.ALL.stream()
                .flatMap(key -> key.hasFileVariable()
                        ? Stream.of(key.variable(), key.fileVariable())
                        : Stream.of(key.variable()))
                .toList();
        String nearest = NearestWord.of(unknown, known, 3);
        return nearest == null ? "one of the variables listed in docs/reference/configuration.md" : nearest;
    }

    /** A text that Java could not decode must not become a value with a replacement character in it. */
    private boolean isUnreadable(Key<?> key, String variable, @Nullable String text) {
        boolean unreadable = text != null && text.indexOf('\uFFFD') >= 0;
        if (unreadable) {
            values.reject(key, variable, "a character that cannot be decoded", "UTF-8; set LC_ALL=C.UTF-8");
        }
        return unreadable;
    }

    private void setFromFile(Key<?> key, String variable, String path) {
        try {
            String content = files.read(path);
            if (content.isEmpty()) {
                values.reject(key, variable, "an empty file " + QuotedText.of(path), "a file with the secret");
            } else {
                values.set(key, variable, JsonTree.ofVariable(content));
            }
        } catch (IOException e) {
            values.reject(key, variable, "no readable file " + QuotedText.of(path), "a file with the secret");
        }
    }
}
