package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.github.printer2mqtt.mqtt.topic.Topic;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
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
record Component(String id, Platform platform, String name, Map<String, Object> keys) {
    Component {
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }

    static Component sensor(String id, String name, String template) {
        return new Component(id, Platform.SENSOR, name, Map.of()).with("value_template", template);
    }

    static Component binarySensor(String id, String name, String template) {
        return new Component(id, Platform.BINARY_SENSOR, name, Map.of()).with("value_template", template);
    }

    static Component event(String id, String name, Topic topic, List<String> types) {
        return new Component(id, Platform.EVENT, name, Map.of())
                .stateTopic(topic)
                .with("event_types", new JsonArray(types));
    }

    /** The payload is an empty JSON object; Home Assistant's default is no JSON. */
    static Component button(String id, String name, String commandTopic) {
        return new Component(id, Platform.BUTTON, name, Map.of())
                .with("command_topic", commandTopic)
                .with("payload_press", "{}");
    }

    /** A number to read and to set, from 0 in steps of 1, Home Assistant's default; the payload is the plain number. */
    static Component number(String id, String name, String template, String commandTopic, int highest) {
        return new Component(id, Platform.NUMBER, name, Map.of())
                .with("value_template", template)
                .with("command_topic", commandTopic)
                .with("min", 0)
                .with("max", highest)
                .with("mode", "box");
    }

    /** Something to switch; the payload is {@code true} or {@code false}. */
    static Component toggle(String id, String name, String template, String commandTopic) {
        return new Component(id, Platform.SWITCH, name, Map.of())
                .with("value_template", template)
                .with("command_topic", commandTopic)
                .with("payload_on", "true")
                .with("payload_off", "false")
                .with("state_on", "ON")
                .with("state_off", "OFF");
    }

    /** A picture that is the payload of a topic. Home Assistant needs its type before; slicers embed PNG. */
    static Component image(String id, String name, Topic topic) {
        return new Component(id, Platform.IMAGE, name, Map.of())
                .with("image_topic", topic.text())
                .with("content_type", "image/png");
    }

    Component deviceClass(String word) {
        return with("device_class", word);
    }

    Component unit(String unit) {
        return with("unit_of_measurement", unit);
    }

    Component measurement() {
        return with("state_class", "measurement");
    }

    /** Displayed decimal digits. */
    Component precision(int digits) {
        return with("suggested_display_precision", digits);
    }

    Component icon(String icon) {
        return with("icon", icon);
    }

    Component diagnostic() {
        return with("entity_category", "diagnostic");
    }

    /** Shown in the configuration section of the device. */
    Component configuration() {
        return with("entity_category", "config");
    }

    Component disabledByDefault() {
        return with("enabled_by_default", false);
    }

    /** The state is one of these words. */
    Component options(List<String> words) {
        return deviceClass("enum").with("options", new JsonArray(words));
    }

    Component stateTopic(Topic topic) {
        return with("state_topic", topic.text());
    }

    /** Further attributes of the state. */
    Component attributes(Topic topic, String template) {
        return with("json_attributes_topic", topic.text()).with("json_attributes_template", template);
    }

    /** Replaces the availability of the device for this entity. */
    Component availableBy(Topic topic) {
        return with("availability", availability(List.of(topic)));
    }

    /** @param device prefix of the entity ids */
    JsonObject jsonWithPlatform(DeviceId device) {
        return new JsonObject().put("platform", platform.wireName()).mergeIn(json(device));
    }

    /** Everything but the platform. */
    JsonObject json(DeviceId device) {
        return new JsonObject()
                .put("unique_id", device.unique(id))
                .put("default_entity_id", platform.wireName() + "." + device.slug() + "_" + id)
                .put("name", name)
                .mergeIn(new JsonObject(keys));
    }

    /** Whether the state comes from the device's topic; a button has no state, and an image has a topic of its own. */
    boolean isWithoutStateTopic() {
        return platform != Platform.BUTTON && platform != Platform.IMAGE && !keys.containsKey("state_topic");
    }

    /** Whether a message that would become too long can do without it. */
    boolean isDispensable() {
        return platform == Platform.SENSOR && Boolean.FALSE.equals(keys.get("enabled_by_default"));
    }

    private Component with(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(keys);
        more.put(key, value);
        return new Component(id, platform, name, more);
    }

    /** The availability topics; each has an object with {@code state} online or offline. */
    static JsonArray availability(List<Topic> topics) {
        JsonArray array = new JsonArray();
        topics.forEach(topic ->
                array.add(new JsonObject().put("topic", topic.text()).put("value_template", Templates.root("state"))));
        return array;
    }
}
