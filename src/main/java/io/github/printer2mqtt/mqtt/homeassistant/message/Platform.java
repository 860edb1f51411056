package io.github.printer2mqtt.mqtt.homeassistant.message;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The platforms of entities that we announce. */
public enum Platform {
    SENSOR,
    BINARY_SENSOR,
    EVENT,
    BUTTON,
    NUMBER;

    /** The name in discovery messages and entity ids. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static String words(String separator) {
        return Arrays.stream(values()).map(Platform::wireName).collect(Collectors.joining(separator));
    }

    /** The platform with this name; null if it is unknown. */
    static @Nullable Platform of(String word) {
        for (Platform platform : values()) {
            if (platform.wireName().equals(word)) {
                return platform;
            }
        }
        return null;
    }
}
