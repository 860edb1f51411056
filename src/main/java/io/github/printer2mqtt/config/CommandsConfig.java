package io.github.printer2mqtt.config;

import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.text.WireConstant;
import java.util.Set;

/**
 * Section {@code commands}.
 *
 * @param mqtt commands accepted over MQTT, none by default
 * @param mqttRequests registration requests accepted over MQTT, none by default
 */
public record CommandsConfig(Set<Verb> mqtt, Set<RegistrationRequest> mqttRequests) {
    /** A request over MQTT that changes registrations or connects to an address. */
    public enum RegistrationRequest implements WireConstant {
        ADD,
        REMOVE,
        CHANGE,
        PROBE,
        ENABLE,
        DISABLE
    }

    public CommandsConfig {
        mqtt = Set.copyOf(mqtt);
        mqttRequests = Set.copyOf(mqttRequests);
    }
}
