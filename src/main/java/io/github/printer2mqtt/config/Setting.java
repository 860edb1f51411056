package io.github.printer2mqtt.config;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The value of one key, for people.
 *
 * @param key its path
 * @param value as a message shows it; {@code ***} for a secret that is set
 * @param source {@link #DEFAULT}, {@link #FILE} or the name of an environment variable
 */
public record Setting(String key, String value, String source) {
    public static final String DEFAULT = "default";
    public static final String FILE = "file";

    /** Whether the file or the environment sets it. */
    public boolean isExplicit() {
        return !source.equals(DEFAULT);
    }

    /** Paths of the keys that the file or the environment sets. */
    public static Set<String> explicitKeys(List<Setting> settings) {
        return settings.stream().filter(Setting::isExplicit).map(Setting::key).collect(Collectors.toUnmodifiableSet());
    }
}
