package io.github.printer2mqtt.mqtt.homeassistant;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of entities we announce, in Home Assistant's words. */
public enum Platform {
    SENSOR,
    BINARY_SENSOR,
    EVENT,
    BUTTON,
    NUMBER;

    /** The word in discovery messages and in front of entity ids. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The platform with the word; null if we announce none such. */
    static @Nullable Platform of(String word) {
        for (Platform platform : values()) {
            if (platform.word().equals(word)) {
                return platform;
            }
        }
        return null;
    }
}
