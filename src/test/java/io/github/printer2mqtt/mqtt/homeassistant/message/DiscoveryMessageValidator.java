package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Validates the discovery message of a device like Home Assistant, but also reports what that would ignore silently.
 * Source: {@code schemas.py}, {@code discovery.py}, {@code sensor.py}, {@code event.py}, {@code number.py} in {@code
 * homeassistant/components/mqtt}.
 */
final class DiscoveryMessageValidator {
    private static final int LARGEST = 16 * 1024;
    private static final Pattern TOPIC = Pattern.compile("[^+#]+/device/([A-Za-z0-9_-]+)/config");

    /** {@code VALID_ENTITY_ID} of Home Assistant's core. */
    private static final Pattern ENTITY_ID = Pattern.compile("(?!.+__)(?!_)[\\da-z_]+(?<!_)\\.(?!_)[\\da-z_]+(?<!_)");

    private final List<String> problems = new ArrayList<>();
    private final Set<String> identities = new HashSet<>();
    private JsonObject root = new JsonObject();
    private String device = "";
    private String deviceName = "";

    private DiscoveryMessageValidator() {}

    /** Violations of Home Assistant's rules or of our own documentation; empty if there are none. */
    static List<String> problems(String topic, byte[] payload) {
        DiscoveryMessageValidator check = new DiscoveryMessageValidator();
        check.message(topic, payload);
        return check.problems;
    }

    private void message(String topic, byte[] payload) {
        Matcher levels = TOPIC.matcher(topic);
        if (!levels.matches()) {
            problems.add("topic: " + topic + " is no discovery topic of a device");
            return;
        }
        device = levels.group(1);
        expect(payload.length < LARGEST, "message: has " + payload.length + " bytes");
        try {
            root = new JsonObject(Buffer.buffer(payload));
        } catch (DecodeException | ClassCastException e) {
            problems.add("message: is no JSON object");
            return;
        }
        keys("root", root, DiscoveryKeys.ROOT);
        device();
        origin();
        availability("root", root, root.getString("availability_mode"));
        Object qos = root.getValue("qos", 0);
        expect(qos instanceof Integer level && level >= 0 && level <= 2, "root: qos is " + qos);
        topic("root", root, "state_topic");
        components();
    }

    private void device() {
        if (!(root.getValue("device") instanceof JsonObject described)) {
            problems.add("device: is missing");
            return;
        }
        keys("device", described, DiscoveryKeys.DEVICE);
        texts("device", described, Set.of("identifiers", "connections"));
        expect(
                described.getValue("identifiers") instanceof JsonArray ids && ids.contains(device),
                "device: identifiers lack " + device);
        deviceName = described.getString("name", "");
        expect(!deviceName.isBlank(), "device: has no name");
        expect(!device.equals(described.getString("via_device")), "device: is reached by itself");
        String url = described.getString("configuration_url", "http://host");
        expect(url.matches("https?://.+") && URI.create(url).getHost() != null, "device: configuration_url is " + url);
    }

    private void origin() {
        if (!(root.getValue("origin") instanceof JsonObject origin)) {
            problems.add("origin: is missing");
            return;
        }
        keys("origin", origin, DiscoveryKeys.ORIGIN);
        texts("origin", origin, Set.of());
        expect(origin.containsKey("name"), "origin: has no name");
    }

    private void components() {
        if (!(root.getValue("components") instanceof JsonObject components) || components.isEmpty()) {
            problems.add("components: are missing");
            return;
        }
        for (String id : components.fieldNames()) {
            expect(id.matches("[a-z0-9_]+"), id + ": is no component id");
            if (components.getValue(id) instanceof JsonObject component) {
                component(id, component);
            } else {
                problems.add(id + ": is no object");
            }
        }
    }

    private void component(String id, JsonObject component) {
        String platform = component.getString("platform", "");
        Set<String> allowed = DiscoveryKeys.ofEntity(platform);
        if (allowed.isEmpty()) {
            problems.add(id + ": platform is " + platform);
            return;
        }
        if (component.size() == 1) {
            return; // removes the entity
        }
        keys(id, component, allowed);
        texts(id, component, DiscoveryKeys.NOT_TEXT);
        identity(id, platform, component);
        name(id, component.getString("name", ""));
        category(id, platform, component.getString("entity_category"));
        deviceClass(id, platform, component);
        expect(component.getString("icon", "mdi:x").matches("mdi:[a-z0-9-]+"), id + ": icon");
        expect(component.getValue("enabled_by_default", true) instanceof Boolean, id + ": enabled_by_default");
        String mode = component.getString("availability_mode", root.getString("availability_mode"));
        availability(id, component, mode);
        for (String key : List.of("state_topic", "command_topic", "json_attributes_topic")) {
            topic(id, component, key);
        }
        for (String key : List.of("value_template", "json_attributes_template")) {
            template(id, component, key);
        }
        switch (platform) {
            case "sensor" -> sensor(id, component);
            case "binary_sensor" -> stateTopic(id, component);
            case "event" -> event(id, component);
            case "number" -> number(id, component);
            case "switch" -> command(id, component);
            default -> button(id, component);
        }
    }

    private void identity(String id, String platform, JsonObject component) {
        String unique = component.getString("unique_id", "");
        expect(unique.equals(device + "_" + id), id + ": unique_id is " + unique);
        expect(identities.add(platform + " " + unique), id + ": unique_id is there twice");
        String entity = component.getString("default_entity_id", "");
        expect(
                entity.startsWith(platform + ".") && ENTITY_ID.matcher(entity).matches() && entity.length() <= 255,
                id + ": default_entity_id is " + entity);
    }

    private void name(String id, String name) {
        expect(!name.isBlank(), id + ": has no name");
        boolean repeats = name.toLowerCase(Locale.ROOT).startsWith(deviceName.toLowerCase(Locale.ROOT));
        expect(deviceName.isEmpty() || !repeats, id + ": its name repeats the device's");
    }

    private void category(String id, String platform, @Nullable String category) {
        Set<String> allowed = switch (platform) {
            case "sensor", "binary_sensor" -> Set.of("diagnostic");
            case "button", "number" -> Set.of("diagnostic", "config");
            default -> Set.of();
        };
        expect(category == null || allowed.contains(category), id + ": entity_category is " + category);
    }

    private void deviceClass(String id, String platform, JsonObject component) {
        String word = component.getString("device_class");
        expect(word == null || DeviceClasses.of(platform).contains(word), id + ": device_class is " + word);
    }

    private void sensor(String id, JsonObject sensor) {
        stateTopic(id, sensor);
        String word = sensor.getString("device_class", "");
        String unit = sensor.getString("unit_of_measurement");
        String stateClass = sensor.getString("state_class");
        Set<String> units = DeviceClasses.SENSOR_UNITS.get(word);
        if (units != null) {
            expect(unit == null ? units.isEmpty() : units.contains(unit), id + ": " + word + " in " + unit);
        }
        Set<String> stateClasses = DeviceClasses.SENSOR_STATE_CLASSES.getOrDefault(word, DeviceClasses.STATE_CLASSES);
        expect(stateClass == null || stateClasses.contains(stateClass), id + ": state_class is " + stateClass);
        Object options = sensor.getValue("options");
        expect((options != null) == word.equals("enum"), id + ": options and device_class enum go together");
        if (options != null) {
            words(id, "options", options);
        }
        Object precision = sensor.getValue("suggested_display_precision", 0);
        expect(precision instanceof Integer digits && digits >= 0, id + ": suggested_display_precision");
    }

    private void event(String id, JsonObject event) {
        expect(event.containsKey("state_topic"), id + ": reads events from the topic of states");
        words(id, "event_types", event.getValue("event_types"));
    }

    private void number(String id, JsonObject number) {
        stateTopic(id, number);
        command(id, number);
        double min = number.getDouble("min", 1.0);
        double max = number.getDouble("max", 100.0);
        expect(min < max, id + ": min is " + min + " and max " + max);
        expect(number.getDouble("step", 1.0) >= 0.001, id + ": step is " + number.getValue("step"));
        expect(Set.of("auto", "box", "slider").contains(number.getString("mode", "auto")), id + ": mode");
        expect(number.containsKey("value_template"), id + ": reads the whole document");
        String word = number.getString("device_class", "");
        Set<String> units = DeviceClasses.SENSOR_UNITS.get(word);
        String unit = number.getString("unit_of_measurement");
        expect(units == null || units.contains(String.valueOf(unit)), id + ": " + word + " in " + unit);
    }

    private void command(String id, JsonObject component) {
        expect(component.containsKey("command_topic") || root.containsKey("command_topic"), id + ": no command_topic");
        expect(!component.getBoolean("retain", false), id + ": retained commands are refused");
    }

    private void button(String id, JsonObject button) {
        command(id, button);
        String payload = button.getString("payload_press", "PRESS");
        expect(payload.startsWith("{") && payload.endsWith("}"), id + ": payload_press is no JSON object");
    }

    private void stateTopic(String id, JsonObject component) {
        expect(component.containsKey("state_topic") || root.containsKey("state_topic"), id + ": no state_topic");
    }

    private void words(String id, String key, @Nullable Object value) {
        boolean sound = value instanceof JsonArray words
                && !words.isEmpty()
                && words.stream().allMatch(word -> word instanceof String text && !text.isEmpty())
                && words.stream().distinct().count() == words.size();
        expect(sound, id + ": " + key + " is " + value);
    }

    private void template(String id, JsonObject component, String key) {
        String template = component.getString(key);
        if (template != null) {
            List<String> missing = TemplateNullCheck.missing(template);
            expect(missing.isEmpty(), id + ": " + key + " does not ask for " + missing);
        }
    }

    private void availability(String where, JsonObject holder, @Nullable String mode) {
        Object value = holder.getValue("availability");
        if (value == null) {
            return;
        }
        if (!(value instanceof JsonArray topics) || topics.isEmpty()) {
            problems.add(where + ": availability is " + value);
            return;
        }
        for (Object one : topics) {
            JsonObject topic = one instanceof JsonObject object ? object : new JsonObject();
            keys(
                    where + " availability",
                    topic,
                    Set.of("topic", "value_template", "payload_available", "payload_not_available"));
            expect(topic.containsKey("topic"), where + ": availability has no topic");
            topic(where, topic, "topic");
            template(where, topic, "value_template");
        }
        expect(topics.size() == 1 || "all".equals(mode), where + ": availability_mode is " + mode);
    }

    private void topic(String where, JsonObject holder, String key) {
        Object value = holder.getValue(key, "a/topic");
        boolean sound = value instanceof String topic && topic.matches("[^+#\\x00-\\x1f]+");
        expect(sound, where + ": " + key + " is " + value);
    }

    private void keys(String where, JsonObject object, Set<String> allowed) {
        for (String key : object.fieldNames()) {
            expect(allowed.contains(key), where + ": the key " + key + " does not belong there");
        }
    }

    /** Home Assistant rejects the whole message or entity for an empty or null text. */
    private void texts(String where, JsonObject object, Set<String> others) {
        for (Map.Entry<String, Object> entry : object) {
            boolean sound = others.contains(entry.getKey())
                    ? entry.getValue() != null
                    : entry.getValue() instanceof String text && !text.isEmpty();
            expect(sound, where + ": " + entry.getKey() + " is " + entry.getValue());
        }
    }

    private void expect(boolean sound, String problem) {
        if (!sound) {
            problems.add(problem);
        }
    }
}
