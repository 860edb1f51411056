package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.github.printer2mqtt.json.Json;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The discovery message of one device with all its entities.
 *
 * <p>Home Assistant rejects the whole message for one unknown root key; these keys exist since 2024.11.
 *
 * @param topic where it is announced
 * @param version of this program
 * @param state default state topic for entities without their own; null if each has its own
 * @param availability all of these must say online, unless an entity has its own availability
 */
record DeviceMessage(
        Topic topic,
        Device device,
        String version,
        @Nullable Topic state,
        List<Topic> availability,
        List<Component> components)
        implements DiscoveryMessage {
    @Override
    public KnownComponents known() {
        Map<String, Platform> platforms = new TreeMap<>();
        components.forEach(component -> platforms.put(component.id(), component.platform()));
        return new KnownComponents(platforms);
    }

    /** The equivalent messages with one entity each. */
    List<DiscoveryMessage> entities(String prefix) {
        return components.stream()
                .<DiscoveryMessage>map(component -> new EntityMessage(prefix, this, component))
                .toList();
    }

    /** In bytes. Some tools truncate longer messages; the limit leaves a margin. */
    static final int MAX_BYTES = 16 * 1024;

    /** In UTF-8: below 16 kB, or 20 kB where the base topic has hundreds of bytes. */
    @Override
    public byte[] bytes() {
        return bytesRemoving(Map.of());
    }

    /**
     * Removes entities: a component with nothing but its platform.
     *
     * @param removed ids with the platform each was announced with
     */
    @Override
    public byte[] bytesRemoving(Map<String, Platform> removed) {
        byte[] readable = bytes(components(removed, component -> component));
        return readable.length < MAX_BYTES ? readable : bytes(components(removed, Abbreviations::abbreviated));
    }

    private byte[] bytes(JsonObject entities) {
        JsonObject json = new JsonObject().put("device", device.json()).put("origin", origin());
        putAvailability(json);
        if (state != null) {
            json.put("state_topic", state.text());
        }
        return Json.bytes(json.put("qos", 1).put("components", entities));
    }

    /** The field {@code origin}: this program. */
    JsonObject origin() {
        return new JsonObject().put("name", "printer2mqtt").put("sw_version", version);
    }

    void putAvailability(JsonObject json) {
        if (!availability.isEmpty()) {
            json.put("availability", Component.availability(availability)).put("availability_mode", "all");
        }
    }

    private JsonObject components(Map<String, Platform> removed, UnaryOperator<JsonObject> form) {
        JsonObject json = new JsonObject();
        components.stream()
                .filter(component -> !removed.containsKey(component.id()))
                .forEach(component -> json.put(component.id(), form.apply(component.jsonWithPlatform(device.id()))));
        new TreeMap<>(removed)
                .forEach((id, platform) -> json.put(id, new JsonObject().put("platform", platform.wireName())));
        return json;
    }
}
