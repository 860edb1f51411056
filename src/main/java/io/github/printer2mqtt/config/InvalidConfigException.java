package io.github.printer2mqtt.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration is invalid. Carries every error, at least one. */
public final class InvalidConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigError> errors;

    InvalidConfigException(List<ConfigError> errors) {
        super(errors.stream().map(ConfigError::line).collect(Collectors.joining("\n")), null, false, false);
        this.errors = List.copyOf(errors);
    }

    /** The errors in the order of the file, then of the environment. */
    public List<ConfigError> errors() {
        return errors;
    }

    /**
     * One error, without the value of a secret.
     *
     * @param where path of a key such as {@code polling.timeout}, name of a variable, or name of a file
     * @param found description of the invalid value
     * @param expected description of a valid value
     */
    public record ConfigError(String where, String found, String expected) {
        /** One line for the user. */
        public String line() {
            return where + ": found " + found + ", expected " + expected;
        }
    }
}
