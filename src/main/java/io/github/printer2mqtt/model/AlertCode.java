package io.github.printer2mqtt.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The conditions that alerts are about, in the words of topics and of the configuration. */
public enum AlertCode {
    /** It has not answered for too long. */
    OFFLINE,
    /** It says that it is in error. */
    ERROR,
    /** It waits for a person. */
    ATTENTION,
    /** It prints and does not get on. */
    STALLED,
    /** A heater is off its target while printing, or too hot. */
    TEMPERATURE,
    /** A print is done and nobody has taken it away. */
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
