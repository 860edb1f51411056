package io.github.printer2mqtt.mqtt.homeassistant.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.printer2mqtt.json.Json;
import io.github.printer2mqtt.mqtt.topic.Topic;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
        return Json.bytes(json -> {
            json.writeStartObject();
            device.write(json);
            writeOrigin(json);
            writeAvailability(json);
            if (state != null) {
                json.writeStringField("state_topic", state.text());
            }
            json.writeNumberField("qos", 1);
            json.writeObjectFieldStart("components");
            write(json, removed);
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    void writeOrigin(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("origin");
        json.writeStringField("name", "printer2mqtt");
        json.writeStringField("sw_version", version);
        json.writeEndObject();
    }

    void writeAvailability(JsonGenerator json) throws IOException {
        if (!availability.isEmpty()) {
            json.writeFieldName("availability");
            Component.writeAvailability(json, availability);
            json.writeStringField("availability_mode", "all");
        }
    }

    private void write(JsonGenerator json, Map<String, Platform> removed) throws IOException {
        for (Component component : components) {
            if (!removed.containsKey(component.id())) {
                component.write(json, device.id());
            }
        }
        for (Map.Entry<String, Platform> one : new TreeMap<>(removed).entrySet()) {
            json.writeObjectFieldStart(one.getKey());
            json.writeStringField("platform", one.getValue().wireName());
            json.writeEndObject();
        }
    }
}
