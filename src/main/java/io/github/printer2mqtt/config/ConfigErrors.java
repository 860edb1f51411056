package io.github.printer2mqtt.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong while the configuration is read, so that the user can mend it all at once. */
final class ConfigErrors {
    private final List<InvalidConfigException.ConfigError> found = new ArrayList<>();

    void add(String where, String what, String expected) {
        found.add(new InvalidConfigException.ConfigError(where, what, expected));
    }

    /** @throws InvalidConfigException if there are any */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidConfigException(found);
        }
    }
}
