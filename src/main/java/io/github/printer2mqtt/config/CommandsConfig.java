package io.github.printer2mqtt.config;

import io.github.printer2mqtt.printer.Capability;
import java.util.Set;

/**
 * Section {@code commands}.
 *
 * @param mqtt the verbs accepted over MQTT, none by default
 */
public record CommandsConfig(Set<Capability> mqtt) {
    public CommandsConfig {
        mqtt = Set.copyOf(mqtt);
    }

    public static CommandsConfig defaults() {
        return new Sections(new Values()).commands();
    }
}
