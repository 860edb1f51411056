package io.github.printer2mqtt.config;

/**
 * Section {@code database}.
 *
 * @param path of the SQLite file; its directory is made if it is missing
 */
public record DatabaseConfig(String path) {
    public static DatabaseConfig defaults() {
        return new ConfigAssembler(new Values()).database();
    }
}
