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

/** Takes the values out of the environment, over those of the file. */
final class EnvironmentValues {
    private static final String PREFIX = "PRINTER2MQTT_";

    /** Read by the command line and by tests. */
    private static final Set<String> OTHERS =
            Set.of("PRINTER2MQTT_CONFIG", "PRINTER2MQTT_URL", "PRINTER2MQTT_CLI_TOKEN", "PRINTER2MQTT_PEERS");

    private final Values values;
    private final InvalidConfigException.Collector problems;
    private final ConfigReader.SecretFiles files;

    EnvironmentValues(Values values, InvalidConfigException.Collector problems, ConfigReader.SecretFiles files) {
        this.values = values;
        this.problems = problems;
        this.files = files;
    }

    void read(Map<String, String> environment) {
        Map<String, String> rest = new TreeMap<>(environment);
        rest.keySet().removeIf(name -> !name.startsWith(PREFIX) || OTHERS.contains(name));
        for (Key<?> key : Keys.ALL) {
            String text = rest.remove(key.variable());
            String file = key.isSecret() ? rest.remove(key.fileVariable()) : null;
            if (isUnreadable(key.variable(), text) || isUnreadable(key.fileVariable(), file)) {
                values.markInvalid(key);
            } else if (text != null && file != null) {
                values.markInvalid(key);
                problems.add(key.fileVariable(), key.variable() + " beside it", "one of the two");
            } else if (text != null) {
                take(key, key.variable(), text);
            } else if (file != null) {
                takeFile(key, key.fileVariable(), file);
            }
        }
        for (String unknown : rest.keySet()) {
            problems.add(unknown, "an unknown variable", suggestion(unknown));
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

    /** Text that Java could not decode must not become a value that looks almost right. */
    private boolean isUnreadable(String variable, @Nullable String text) {
        boolean unreadable = text != null && text.indexOf('\uFFFD') >= 0;
        if (unreadable) {
            problems.add(variable, "a character that cannot be read (U+FFFD)", "UTF-8; set LC_ALL=C.UTF-8");
        }
        return unreadable;
    }

    private void takeFile(Key<?> key, String variable, String path) {
        try {
            String content = files.read(path);
            if (content.isEmpty()) {
                values.markInvalid(key);
                problems.add(variable, "an empty file " + QuotedText.of(path), "a file with the secret");
            } else {
                take(key, variable, content);
            }
        } catch (IOException e) {
            values.markInvalid(key);
            problems.add(variable, "no readable file " + QuotedText.of(path), "a file with the secret");
        }
    }

    private <T> void take(Key<T> key, String variable, String text) {
        try {
            boolean unset = text.isEmpty() && key.isNullable();
            values.put(key, unset ? null : key.kind().ofText(text), variable);
        } catch (InvalidSettingException e) {
            values.markInvalid(key);
            problems.add(variable + e.at(), e.foundOr(key.kind().shown(text)), e.expected());
        }
    }
}
