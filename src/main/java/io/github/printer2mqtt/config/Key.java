package io.github.printer2mqtt.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One key of config.json.
 *
 * @param path with dots, for example {@code polling.interval.idle}
 * @param kind of its value
 * @param standard the default as it is written in the environment; null if the key may be null, which is then the default
 * @param meaning one line for the documentation
 */
record Key<T>(String path, ValueType<T> kind, @Nullable String standard, String meaning) {
    private static final String PREFIX = "PRINTER2MQTT_";

    boolean isNullable() {
        return standard == null;
    }

    boolean isSecret() {
        return kind instanceof ValueType.Hidden;
    }

    /** The variable of the environment that sets it. */
    String variable() {
        return PREFIX + path.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** The variable that names a file with its value, for secrets. */
    String fileVariable() {
        return variable() + "_FILE";
    }

    /** The default; null if that is the default. */
    @Nullable T standardValue() {
        try {
            return standard == null ? null : kind.ofText(standard);
        } catch (InvalidSettingException e) {
            throw new IllegalStateException("the default of " + path + " does not fit: " + e.expected(), e);
        }
    }

    String expected() {
        return isNullable() ? kind.expected() + ", or null" : kind.expected();
    }

    /** The default as it is written in config.json. */
    String standardJson() {
        return standard == null ? "null" : kind.asJson(standard);
    }
}
