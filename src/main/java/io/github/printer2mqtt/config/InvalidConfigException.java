package io.github.printer2mqtt.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used. Carries every problem that was found, not only the first; at least one. */
public final class InvalidConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigError> problems;

    InvalidConfigException(List<ConfigError> problems) {
        super(problems.stream().map(ConfigError::line).collect(Collectors.joining("\n")), null, false, false);
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in the order of the file and then of the environment. */
    public List<ConfigError> problems() {
        return problems;
    }

    /**
     * One mistake in the configuration. A secret's value is in none of the parts.
     *
     * @param where a key's path such as {@code polling.timeout}, a variable of the environment, or a file
     * @param found what stands there
     * @param expected what should
     */
    public record ConfigError(String where, String found, String expected) {
        /** The line the user gets. */
        public String line() {
            return where + ": found " + found + ", expected " + expected;
        }
    }

    /** Collects what is wrong while the configuration is read, so that the user can mend it all at once. */
    static final class Collector {
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
}
