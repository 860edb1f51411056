package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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

    private final DiscoveryProblems found = new DiscoveryProblems();
    private final Set<String> identities = new HashSet<>();
    private JsonObject root = new JsonObject();
    private String device = "";
    private String deviceName = "";

    private DiscoveryMessageValidator() {}

    /** Violations of Home Assistant's rules or of our own documentation; empty if there are none. */
    static List<String> problems(String topic, byte[] payload) {
        DiscoveryMessageValidator check = new DiscoveryMessageValidator();
        check.message(topic, payload);
        return check.found.all();
    }

    private void message(String topic, byte[] payload) {
        Matcher levels = TOPIC.matcher(topic);
        if (!levels.matches()) {
            found.add("topic: " + topic + " is no discovery topic of a device");
            return;
        }
        device = levels.group(1);
        found.expect(payload.length < LARGEST, "message: has " + payload.length + " bytes");
        try {
            root = expanded(new JsonObject(Buffer.buffer(payload)));
        } catch (DecodeException | ClassCastException e) {
            found.add("message: is no JSON object");
            return;
        }
        found.keys("root", root, DiscoveryKeys.ROOT);
        device();
        origin();
        availability("root", root, root.getString("availability_mode"));
        Object qos = root.getValue("qos", 0);
        found.expect(qos instanceof Integer level && level >= 0 && level <= 2, "root: qos is " + qos);
        found.topic("root", root, "state_topic");
        components();
    }

    /** Home Assistant expands the short keys of components before it validates them. */
    private static JsonObject expanded(JsonObject message) {
        JsonObject components = message.getJsonObject("components", new JsonObject());
        for (String id : List.copyOf(components.fieldNames())) {
            if (components.getValue(id) instanceof JsonObject component) {
                Abbreviations.OF_KEYS.forEach((key, shorter) -> {
                    if (component.containsKey(shorter)) {
                        component.put(key, component.remove(shorter));
                    }
                });
            }
        }
        return message;
    }

    private void device() {
        if (!(root.getValue("device") instanceof JsonObject described)) {
            found.add("device: is missing");
            return;
        }
        found.keys("device", described, DiscoveryKeys.DEVICE);
        found.texts("device", described, Set.of("identifiers", "connections"));
        found.expect(
                described.getValue("identifiers") instanceof JsonArray ids && ids.contains(device),
                "device: identifiers lack " + device);
        deviceName = described.getString("name", "");
        found.expect(!deviceName.isBlank(), "device: has no name");
        found.expect(!device.equals(described.getString("via_device")), "device: is reached by itself");
        String url = described.getString("configuration_url", "http://host");
        found.expect(
                url.matches("https?://.+") && URI.create(url).getHost() != null, "device: configuration_url is " + url);
    }

    private void origin() {
        if (!(root.getValue("origin") instanceof JsonObject origin)) {
            found.add("origin: is missing");
            return;
        }
        found.keys("origin", origin, DiscoveryKeys.ORIGIN);
        found.texts("origin", origin, Set.of());
        found.expect(origin.containsKey("name"), "origin: has no name");
    }

    private void components() {
        if (!(root.getValue("components") instanceof JsonObject components) || components.isEmpty()) {
            found.add("components: are missing");
            return;
        }
        for (String id : components.fieldNames()) {
            found.expect(id.matches("[a-z0-9_]+"), id + ": is no component id");
            if (components.getValue(id) instanceof JsonObject component) {
                component(id, component);
            } else {
                found.add(id + ": is no object");
            }
        }
    }

    private void component(String id, JsonObject component) {
        String platform = component.getString("platform", "");
        Set<String> allowed = DiscoveryKeys.ofEntity(platform);
        if (allowed.isEmpty()) {
            found.add(id + ": platform is " + platform);
            return;
        }
        if (component.size() == 1) {
            return; // removes the entity
        }
        found.keys(id, component, allowed);
        found.texts(id, component, DiscoveryKeys.NOT_TEXT);
        identity(id, platform, component);
        name(id, component.getString("name", ""));
        category(id, platform, component.getString("entity_category"));
        deviceClass(id, platform, component);
        found.expect(component.getString("icon", "mdi:x").matches("mdi:[a-z0-9-]+"), id + ": icon");
        found.expect(component.getValue("enabled_by_default", true) instanceof Boolean, id + ": enabled_by_default");
        String mode = component.getString("availability_mode", root.getString("availability_mode"));
        availability(id, component, mode);
        for (String key : List.of("state_topic", "command_topic", "json_attributes_topic", "image_topic")) {
            found.topic(id, component, key);
        }
        for (String key : List.of("value_template", "json_attributes_template")) {
            found.template(id, component, key);
        }
        switch (platform) {
            case "sensor" -> sensor(id, component);
            case "binary_sensor" -> stateTopic(id, component);
            case "event" -> event(id, component);
            case "number" -> number(id, component);
            case "switch" -> command(id, component);
            case "image" -> image(id, component);
            default -> button(id, component);
        }
    }

    /** Either a picture or its URL; only a picture has a type. */
    private void image(String id, JsonObject image) {
        boolean isPicture = image.containsKey("image_topic");
        found.expect(isPicture != image.containsKey("url_topic"), id + ": needs image_topic or url_topic");
        found.expect(isPicture || !image.containsKey("content_type"), id + ": a URL has no content_type");
        found.expect(image.getString("content_type", "image/x").startsWith("image/"), id + ": content_type");
    }

    private void identity(String id, String platform, JsonObject component) {
        String unique = component.getString("unique_id", "");
        found.expect(unique.equals(device + "_" + id), id + ": unique_id is " + unique);
        found.expect(identities.add(platform + " " + unique), id + ": unique_id is there twice");
        String entity = component.getString("default_entity_id", "");
        found.expect(
                entity.startsWith(platform + ".") && ENTITY_ID.matcher(entity).matches() && entity.length() <= 255,
                id + ": default_entity_id is " + entity);
    }

    private void name(String id, String name) {
        found.expect(!name.isBlank(), id + ": has no name");
        boolean repeats = name.toLowerCase(Locale.ROOT).startsWith(deviceName.toLowerCase(Locale.ROOT));
        found.expect(deviceName.isEmpty() || !repeats, id + ": its name repeats the device's");
    }

    private void category(String id, String platform, @Nullable String category) {
        Set<String> allowed = switch (platform) {
            case "sensor", "binary_sensor" -> Set.of("diagnostic");
            case "button", "number" -> Set.of("diagnostic", "config");
            default -> Set.of();
        };
        found.expect(category == null || allowed.contains(category), id + ": entity_category is " + category);
    }

    private void deviceClass(String id, String platform, JsonObject component) {
        String word = component.getString("device_class");
        found.expect(word == null || DeviceClasses.of(platform).contains(word), id + ": device_class is " + word);
    }

    private void sensor(String id, JsonObject sensor) {
        stateTopic(id, sensor);
        String word = sensor.getString("device_class", "");
        String unit = sensor.getString("unit_of_measurement");
        String stateClass = sensor.getString("state_class");
        Set<String> units = DeviceClasses.SENSOR_UNITS.get(word);
        if (units != null) {
            found.expect(unit == null ? units.isEmpty() : units.contains(unit), id + ": " + word + " in " + unit);
        }
        Set<String> stateClasses = DeviceClasses.SENSOR_STATE_CLASSES.getOrDefault(word, DeviceClasses.STATE_CLASSES);
        found.expect(stateClass == null || stateClasses.contains(stateClass), id + ": state_class is " + stateClass);
        Object options = sensor.getValue("options");
        found.expect((options != null) == word.equals("enum"), id + ": options and device_class enum go together");
        if (options != null) {
            found.words(id, "options", options);
        }
        Object precision = sensor.getValue("suggested_display_precision", 0);
        found.expect(precision instanceof Integer digits && digits >= 0, id + ": suggested_display_precision");
    }

    private void event(String id, JsonObject event) {
        found.expect(event.containsKey("state_topic"), id + ": reads events from the topic of states");
        found.words(id, "event_types", event.getValue("event_types"));
    }

    private void number(String id, JsonObject number) {
        stateTopic(id, number);
        command(id, number);
        double min = number.getDouble("min", 1.0);
        double max = number.getDouble("max", 100.0);
        found.expect(min < max, id + ": min is " + min + " and max " + max);
        found.expect(number.getDouble("step", 1.0) >= 0.001, id + ": step is " + number.getValue("step"));
        found.expect(Set.of("auto", "box", "slider").contains(number.getString("mode", "auto")), id + ": mode");
        found.expect(number.containsKey("value_template"), id + ": reads the whole document");
        String word = number.getString("device_class", "");
        Set<String> units = DeviceClasses.SENSOR_UNITS.get(word);
        String unit = number.getString("unit_of_measurement");
        found.expect(units == null || units.contains(String.valueOf(unit)), id + ": " + word + " in " + unit);
    }

    private void command(String id, JsonObject component) {
        found.expect(
                component.containsKey("command_topic") || root.containsKey("command_topic"), id + ": no command_topic");
        found.expect(!component.getBoolean("retain", false), id + ": retained commands are refused");
    }

    private void button(String id, JsonObject button) {
        command(id, button);
        String payload = button.getString("payload_press", "PRESS");
        found.expect(payload.startsWith("{") && payload.endsWith("}"), id + ": payload_press is no JSON object");
    }

    private void stateTopic(String id, JsonObject component) {
        found.expect(component.containsKey("state_topic") || root.containsKey("state_topic"), id + ": no state_topic");
    }

    private void availability(String where, JsonObject holder, @Nullable String mode) {
        Object value = holder.getValue("availability");
        if (value == null) {
            return;
        }
        if (!(value instanceof JsonArray topics) || topics.isEmpty()) {
            found.add(where + ": availability is " + value);
            return;
        }
        for (Object one : topics) {
            JsonObject topic = one instanceof JsonObject object ? object : new JsonObject();
            found.keys(
                    where + " availability",
                    topic,
                    Set.of("topic", "value_template", "payload_available", "payload_not_available"));
            found.expect(topic.containsKey("topic"), where + ": availability has no topic");
            found.topic(where, topic, "topic");
            found.template(where, topic, "value_template");
        }
        found.expect(topics.size() == 1 || "all".equals(mode), where + ": availability_mode is " + mode);
    }
}
