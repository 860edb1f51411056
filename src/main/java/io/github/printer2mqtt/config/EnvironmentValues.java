package io.github.printer2mqtt.config;

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

    /** Variables of the command line and of tests. */
    private static final Set<String> OTHER_VARIABLES =
            Set.of("PRINTER2MQTT_CONFIG", "PRINTER2MQTT_URL", "PRINTER2MQTT_CLI_TOKEN", "PRINTER2MQTT_PEERS");

    private final Values values;
    private final InvalidConfigException.Collector errors;
    private final ConfigReader.SecretFiles files;

    EnvironmentValues(Values values, InvalidConfigException.Collector errors, ConfigReader.SecretFiles files) {
        this.values = values;
        this.errors = errors;
        this.files = files;
    }

    void read(Map<String, String> environment) {
        Map<String, String> rest = new TreeMap<>(environment);
        rest.keySet().removeIf(name -> !name.startsWith(PREFIX) || OTHER_VARIABLES.contains(name));
        for (Key<?> key : Keys.ALL) {
            String text = rest.remove(key.variable());
            String file = key.isSecret() ? rest.remove(key.fileVariable()) : null;
            if (isUnreadable(key.variable(), text) || isUnreadable(key.fileVariable(), file)) {
                values.markInvalid(key);
            } else if (text != null && file != null) {
                values.markInvalid(key);
                errors.add(key.fileVariable(), key.variable() + " as well", "only one of the two");
            } else if (text != null) {
                put(key, key.variable(), text);
            } else if (file != null) {
                putFile(key, key.fileVariable(), file);
            }
        }
        for (String unknown : rest.keySet()) {
            errors.add(unknown, "an unknown variable", suggestion(unknown));
        }
    }

    private static String suggestion(String unknown) {
        List<String> known = Keys.ALL.stream()
                .flatMap(key ->
                        key.isSecret() ? Stream.of(key.variable(), key.fileVariable()) : Stream.of(key.variable()))
                .toList();
        String nearest = NearestWord.of(unknown, known, 3);
        return nearest == null ? "one of the variables listed in docs/reference/configuration.md" : nearest;
    }

    /** A text that Java could not decode must not become a value with a replacement character in it. */
    private boolean isUnreadable(String variable, @Nullable String text) {
        boolean unreadable = text != null && text.indexOf('\uFFFD') >= 0;
        if (unreadable) {
            errors.add(variable, "a character that cannot be decoded", "UTF-8; set LC_ALL=C.UTF-8");
        }
        return unreadable;
    }

    private void putFile(Key<?> key, String variable, String path) {
        try {
            String content = files.read(path);
            if (content.isEmpty()) {
                values.markInvalid(key);
                errors.add(variable, "an empty file " + QuotedText.of(path), "a file with the secret");
            } else {
                put(key, variable, content);
            }
        } catch (IOException e) {
            values.markInvalid(key);
            errors.add(variable, "no readable file " + QuotedText.of(path), "a file with the secret");
        }
    }

    private <T> void put(Key<T> key, String variable, String text) {
        try {
            boolean unset = text.isEmpty() && key.isNullable();
            values.put(key, unset ? null : key.type().fromText(text), variable);
        } catch (InvalidSettingException e) {
            values.markInvalid(key);
            errors.add(variable + e.at(), e.foundOr(key.type().shown(text)), e.expected());
        }
    }
}
