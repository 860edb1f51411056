package io.github.printer2mqtt.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a printer can do at all, whether or not its current state allows it. */
public enum Capability {
    PAUSE,
    RESUME,
    CANCEL,
    NOZZLE_TEMPERATURE,
    BED_TEMPERATURE,
    HOME,
    EMERGENCY_STOP;

    /** The name used in documents, topics and URLs. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The capability of a wire name; null if there is none. */
    public static @Nullable Capability find(String word) {
        for (Capability capability : values()) {
            if (capability.wireName().equals(word)) {
                return capability;
            }
        }
        return null;
    }

    /** All wire names, comma-separated, for messages. */
    public static String wireNames() {
        return Arrays.stream(values()).map(Capability::wireName).collect(Collectors.joining(", "));
    }
}
