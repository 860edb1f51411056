package io.github.printer2mqtt.config;

import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.text.WireConstant;
import java.util.Set;

/**
 * Section {@code commands}.
 *
 * @param mqtt commands accepted over MQTT, none by default
 * @param mqttRequests requests accepted over MQTT, none by default
 */
public record CommandsConfig(Set<Verb> mqtt, Set<GuardedRequest> mqttRequests) {
    /** A request over MQTT that changes registrations, connects to addresses or replaces stored data. */
    public enum GuardedRequest implements WireConstant {
        ADD,
        REMOVE,
        CHANGE,
        PROBE,
        DISCOVER,
        ENABLE,
        DISABLE,
        BACKUP,
        RESTORE;

        /** Its part of the topic after {@code bridge/request/}. */
        public String verb() {
            return this == BACKUP || this == RESTORE ? wireName() : "printers/" + wireName();
        }
    }

    public CommandsConfig {
        mqtt = Set.copyOf(mqtt);
        mqttRequests = Set.copyOf(mqttRequests);
    }
}
