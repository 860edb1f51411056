package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * Short names of the keys of an entity, which Home Assistant expands ({@code abbreviations.py} of its MQTT integration). They
 * are hard to read, so only messages that would become too long have them.
 */
final class Abbreviations {
    static final Map<String, String> OF_KEYS = Map.ofEntries(
            Map.entry("availability", "avty"),
            Map.entry("command_topic", "cmd_t"),
            Map.entry("default_entity_id", "def_ent_id"),
            Map.entry("device_class", "dev_cla"),
            Map.entry("enabled_by_default", "en"),
            Map.entry("entity_category", "ent_cat"),
            Map.entry("icon", "ic"),
            Map.entry("json_attributes_template", "json_attr_tpl"),
            Map.entry("json_attributes_topic", "json_attr_t"),
            Map.entry("options", "ops"),
            Map.entry("payload_off", "pl_off"),
            Map.entry("payload_on", "pl_on"),
            Map.entry("payload_press", "pl_prs"),
            Map.entry("state_class", "stat_cla"),
            Map.entry("state_off", "stat_off"),
            Map.entry("state_on", "stat_on"),
            Map.entry("state_topic", "stat_t"),
            Map.entry("suggested_display_precision", "sug_dsp_prc"),
            Map.entry("unique_id", "uniq_id"),
            Map.entry("unit_of_measurement", "unit_of_meas"),
            Map.entry("value_template", "val_tpl"));

    private Abbreviations() {}

    /** The same entity with short keys. */
    static JsonObject abbreviated(JsonObject entity) {
        JsonObject shortened = new JsonObject();
        entity.forEach(field -> shortened.put(OF_KEYS.getOrDefault(field.getKey(), field.getKey()), field.getValue()));
        return shortened;
    }
}
