package io.github.printer2mqtt.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The conditions of alerts. */
public enum AlertCode {
    /** The printer has been offline for too long. */
    OFFLINE,
    /** The printer reports an error. */
    ERROR,
    /** The printer waits for a person. */
    ATTENTION,
    /** The print makes no progress. */
    STALLED,
    /** A heater is off its target while printing, or above its limit. */
    TEMPERATURE,
    /** A finished print has not been removed. */
    NOT_CLEARED;

    /** The name used in topics, documents and the configuration. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The code of a wire name; null if there is none. */
    public static @Nullable AlertCode find(String word) {
        for (AlertCode code : values()) {
            if (code.wireName().equals(word)) {
                return code;
            }
        }
        return null;
    }
}
