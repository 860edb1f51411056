package io.github.printer2mqtt.mqtt.homeassistant.message;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The keys that the discovery message of a device may have. Sources: see {@link DiscoveryMessageValidator}. */
final class DiscoveryKeys {
    static final Set<String> ROOT = Set.of(
            "device",
            "origin",
            "components",
            "availability",
            "availability_mode",
            "state_topic",
            "command_topic",
            "qos");
    static final Set<String> DEVICE = Set.of(
            "identifiers",
            "connections",
            "manufacturer",
            "model",
            "name",
            "hw_version",
            "sw_version",
            "serial_number",
            "via_device",
            "suggested_area",
            "configuration_url");
    static final Set<String> ORIGIN = Set.of("name", "sw_version", "support_url");
    private static final Set<String> ENTITY = Set.of(
            "platform",
            "unique_id",
            "default_entity_id",
            "name",
            "icon",
            "device_class",
            "entity_category",
            "enabled_by_default",
            "availability",
            "availability_mode",
            "json_attributes_topic",
            "json_attributes_template",
            "qos");
    private static final Map<String, Set<String>> OF_PLATFORM = Map.of(
            "sensor",
            Set.of(
                    "state_topic",
                    "value_template",
                    "unit_of_measurement",
                    "state_class",
                    "suggested_display_precision",
                    "options",
                    "expire_after",
                    "force_update"),
            "binary_sensor",
            Set.of("state_topic", "value_template", "payload_on", "payload_off", "expire_after", "off_delay"),
            "event",
            Set.of("state_topic", "value_template", "event_types"),
            "button",
            Set.of("command_topic", "command_template", "payload_press", "retain"),
            "switch",
            Set.of(
                    "state_topic",
                    "value_template",
                    "command_topic",
                    "command_template",
                    "payload_on",
                    "payload_off",
                    "state_on",
                    "state_off",
                    "optimistic",
                    "retain"),
            "image",
            Set.of("image_topic", "image_encoding", "content_type", "url_topic", "url_template"),
            "number",
            Set.of(
                    "state_topic",
                    "value_template",
                    "command_topic",
                    "command_template",
                    "unit_of_measurement",
                    "min",
                    "max",
                    "step",
                    "mode",
                    "optimistic",
                    "payload_reset",
                    "retain"));

    /** Keys of an entity whose values are no texts. */
    static final Set<String> NOT_TEXT = Set.of(
            "options",
            "event_types",
            "availability",
            "enabled_by_default",
            "qos",
            "retain",
            "suggested_display_precision",
            "expire_after",
            "force_update",
            "off_delay",
            "min",
            "max",
            "step",
            "optimistic");

    private DiscoveryKeys() {}

    /** Keys of an entity; empty for an unknown platform. */
    static Set<String> ofEntity(String platform) {
        Set<String> ofPlatform = OF_PLATFORM.get(platform);
        if (ofPlatform == null) {
            return Set.of();
        }
        Set<String> keys = new HashSet<>(ENTITY);
        keys.addAll(ofPlatform);
        return keys;
    }
}
