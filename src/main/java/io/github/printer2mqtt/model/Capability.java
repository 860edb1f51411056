package io.github.printer2mqtt.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a printer can do at all when it is asked; whether its state allows it now is another question. */
public enum Capability {
    PAUSE,
    RESUME,
    CANCEL,
    NOZZLE_TEMPERATURE,
    BED_TEMPERATURE,
    HOME,
    EMERGENCY_STOP;

    /** The word used in documents, topics and URLs. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The capability with the word; null if there is none. */
    public static @Nullable Capability find(String word) {
        for (Capability capability : values()) {
            if (capability.word().equals(word)) {
                return capability;
            }
        }
        return null;
    }

    /** All words with commas, for people. */
    public static String words() {
        return Arrays.stream(values()).map(Capability::word).collect(Collectors.joining(", "));
    }
}
