package io.github.printer2mqtt.config;

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
