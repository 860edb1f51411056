package io.github.printer2mqtt.mqtt.homeassistant.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.printer2mqtt.json.Json;
import io.github.printer2mqtt.mqtt.topic.Topic;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One entity of a device. Immutable: each method returns a component with one more key.
 *
 * @param id a part of the entity's identity: never changed between releases
 * @param platform kind of entity
 * @param name for users; Home Assistant puts the device's name in front
 * @param keys further keys of the message, in order
 */
record Component(String id, Platform platform, String name, Map<String, Json.Writer> keys) {
    Component {
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }

    static Component sensor(String id, String name, String template) {
        return new Component(id, Platform.SENSOR, name, Map.of()).text("value_template", template);
    }

    static Component binarySensor(String id, String name, String template) {
        return new Component(id, Platform.BINARY_SENSOR, name, Map.of()).text("value_template", template);
    }

    static Component event(String id, String name, Topic topic, List<String> types) {
        return new Component(id, Platform.EVENT, name, Map.of())
                .stateTopic(topic)
                .texts("event_types", types);
    }

    /** The payload is an empty JSON object; Home Assistant's default is no JSON. */
    static Component button(String id, String name, String commandTopic) {
        return new Component(id, Platform.BUTTON, name, Map.of())
                .text("command_topic", commandTopic)
                .text("payload_press", "{}");
    }

    /** A number to read and to set, from 0 in steps of 1, Home Assistant's default; the payload is the plain number. */
    static Component number(String id, String name, String template, String commandTopic, int highest) {
        return new Component(id, Platform.NUMBER, name, Map.of())
                .text("value_template", template)
                .text("command_topic", commandTopic)
                .with("min", json -> json.writeNumber(0))
                .with("max", json -> json.writeNumber(highest))
                .text("mode", "box");
    }

    Component deviceClass(String word) {
        return text("device_class", word);
    }

    Component unit(String unit) {
        return text("unit_of_measurement", unit);
    }

    Component measurement() {
        return text("state_class", "measurement");
    }

    /** Displayed decimal digits. */
    Component precision(int digits) {
        return with("suggested_display_precision", json -> json.writeNumber(digits));
    }

    Component icon(String icon) {
        return text("icon", icon);
    }

    Component diagnostic() {
        return text("entity_category", "diagnostic");
    }

    /** Shown in the configuration section of the device. */
    Component configuration() {
        return text("entity_category", "config");
    }

    Component disabledByDefault() {
        return with("enabled_by_default", json -> json.writeBoolean(false));
    }

    /** The state is one of these words. */
    Component options(List<String> words) {
        return deviceClass("enum").texts("options", words);
    }

    Component stateTopic(Topic topic) {
        return text("state_topic", topic.text());
    }

    /** Further attributes of the state. */
    Component attributes(Topic topic, String template) {
        return text("json_attributes_topic", topic.text()).text("json_attributes_template", template);
    }

    /** Replaces the availability of the device for this entity. */
    Component availableBy(Topic topic) {
        return with("availability", json -> writeAvailability(json, List.of(topic)));
    }

    /** @param device prefix of the entity ids */
    void write(JsonGenerator json, DeviceId device) throws IOException {
        json.writeObjectFieldStart(id);
        json.writeStringField("platform", platform.wireName());
        writeKeys(json, device);
        json.writeEndObject();
    }

    /** Everything but the platform. */
    void writeKeys(JsonGenerator json, DeviceId device) throws IOException {
        json.writeStringField("unique_id", device.unique(id));
        json.writeStringField("default_entity_id", platform.wireName() + "." + device.slug() + "_" + id);
        json.writeStringField("name", name);
        for (Map.Entry<String, Json.Writer> key : keys.entrySet()) {
            json.writeFieldName(key.getKey());
            key.getValue().write(json);
        }
    }

    /** Whether the state comes from the device's topic; a button has no state. */
    boolean isWithoutStateTopic() {
        return platform != Platform.BUTTON && !keys.containsKey("state_topic");
    }

    private Component text(String key, String value) {
        return with(key, json -> json.writeString(value));
    }

    private Component with(String key, Json.Writer value) {
        Map<String, Json.Writer> more = new LinkedHashMap<>(keys);
        more.put(key, value);
        return new Component(id, platform, name, more);
    }

    private Component texts(String key, List<String> values) {
        return with(key, json -> json.writeArray(values.toArray(String[]::new), 0, values.size()));
    }

    /** Writes the availability topics; each has an object with {@code state} online or offline. */
    static void writeAvailability(JsonGenerator json, List<Topic> topics) throws IOException {
        json.writeStartArray();
        for (Topic topic : topics) {
            json.writeStartObject();
            json.writeStringField("topic", topic.text());
            json.writeStringField("value_template", Templates.root("state"));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
