package io.github.printer2mqtt.mqtt.homeassistant.message;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of entities we announce, in Home Assistant's words. */
public enum Platform {
    SENSOR,
    BINARY_SENSOR,
    EVENT,
    BUTTON,
    NUMBER;

    /** The word in discovery messages and in front of entity ids. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words. */
    static String words(String separator) {
        return Arrays.stream(values()).map(Platform::wireName).collect(Collectors.joining(separator));
    }

    /** The platform with the word; null if we announce none such. */
    static @Nullable Platform of(String word) {
        for (Platform platform : values()) {
            if (platform.wireName().equals(word)) {
                return platform;
            }
        }
        return null;
    }
}
