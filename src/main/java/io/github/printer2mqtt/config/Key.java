package io.github.printer2mqtt.config;

import io.github.printer2mqtt.config.type.InvalidSettingException;
import io.github.printer2mqtt.config.type.JsonTree;
import io.github.printer2mqtt.config.type.ValueType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One key of config.json.
 *
 * @param path with dots, for example {@code polling.interval.idle}
 * @param type of the value
 * @param defaultText the default in the form of an environment variable; null if the key is nullable and null by default
 * @param description one line for the documentation
 */
record Key<T>(String path, ValueType<T> type, @Nullable String defaultText, String description) {
    private static final String PREFIX = "PRINTER2MQTT_";

    boolean isNullable() {
        return defaultText == null;
    }

    boolean isSecret() {
        return type.isSecret();
    }

    /** The environment variable that sets it. */
    String variable() {
        return PREFIX + path.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** Whether a variable may name a file with the value: for secrets, unless a key of its own names the file. */
    boolean hasFileVariable() {
        return isSecret() && Keys.at(path + "_file") == null;
    }

    /** The environment variable that names a file with the value. */
    String fileVariable() {
        return variable() + "_FILE";
    }

    /** The default; null for a nullable key. */
    @Nullable T defaultValue() {
        try {
            return defaultText == null ? null : type.parse(JsonTree.ofVariable(defaultText));
        } catch (InvalidSettingException e) {
            throw new IllegalStateException("the default of " + path + " is invalid: expected " + e.expected(), e);
        }
    }

    String expected() {
        return isNullable() ? type.expected() + ", or null" : type.expected();
    }
}
