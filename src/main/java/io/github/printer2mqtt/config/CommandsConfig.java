package io.github.printer2mqtt.config;

import io.github.printer2mqtt.model.Capability;
import java.util.Locale;
import java.util.Set;

/**
 * Section {@code commands}.
 *
 * @param mqtt commands accepted over MQTT, none by default
 * @param mqttRequests registration requests accepted over MQTT, none by default
 */
public record CommandsConfig(Set<Capability> mqtt, Set<RegistrationRequest> mqttRequests) {
    /** A request over MQTT that changes registrations or connects to an address. */
    public enum RegistrationRequest {
        ADD,
        REMOVE,
        CHANGE,
        PROBE,
        ENABLE,
        DISABLE;

        /** The name used in the configuration and in topics. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public CommandsConfig {
        mqtt = Set.copyOf(mqtt);
        mqttRequests = Set.copyOf(mqttRequests);
    }

    public static CommandsConfig defaults() {
        return new ConfigAssembler(new Values()).commands();
    }
}
