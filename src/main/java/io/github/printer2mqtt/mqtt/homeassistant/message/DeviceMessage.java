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
 * One device with all of its entities, as it is to be announced. Immutable; safe for every thread.
 *
 * <p>Home Assistant refuses a whole message for one root key it does not know; these are the keys it has had since
 * 2024.11.
 */
public final class DeviceMessage implements DiscoveryMessage {
    private final Topic topic;
    private final Device device;
    private final String version;
    private final @Nullable Topic state;
    private final List<Topic> availability;
    private final List<Component> components;

    /**
     * @param topic where it is announced
     * @param version of this program
     * @param state what entities are made of that name no other topic; null if each names its own
     * @param availability all of these must say online, where an entity does not say otherwise
     */
    DeviceMessage(
            Topic topic,
            Device device,
            String version,
            @Nullable Topic state,
            List<Topic> availability,
            List<Component> components) {
        this.topic = topic;
        this.device = device;
        this.version = version;
        this.state = state;
        this.availability = List.copyOf(availability);
        this.components = List.copyOf(components);
    }

    @Override
    public Topic topic() {
        return topic;
    }

    @Override
    public KnownComponents known() {
        Map<String, Platform> platforms = new TreeMap<>();
        components.forEach(component -> platforms.put(component.id(), component.platform()));
        return new KnownComponents(platforms);
    }

    /** Each of its entities as a message of its own, which means the same. */
    List<EntityMessage> entities(String prefix) {
        return components.stream()
                .map(component -> new EntityMessage(prefix, device, version, state, availability, component))
                .toList();
    }

    /** The message in UTF-8: below 16 kB, or 20 kB where the base topic has hundreds of bytes. */
    @Override
    public byte[] bytes() {
        return bytesRemoving(Map.of());
    }

    /**
     * The message with which Home Assistant removes entities: a component of a platform alone.
     *
     * @param gone by id, with the platform each was announced with
     */
    @Override
    public byte[] bytesRemoving(Map<String, Platform> gone) {
        return Json.bytes(json -> {
            json.writeStartObject();
            device.write(json);
            json.writeObjectFieldStart("origin");
            json.writeStringField("name", "printer2mqtt");
            json.writeStringField("sw_version", version);
            json.writeEndObject();
            if (!availability.isEmpty()) {
                json.writeFieldName("availability");
                Component.Availability.write(json, availability);
                json.writeStringField("availability_mode", "all");
            }
            if (state != null) {
                json.writeStringField("state_topic", state.text());
            }
            json.writeNumberField("qos", 1);
            json.writeObjectFieldStart("components");
            write(json, gone);
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private void write(JsonGenerator json, Map<String, Platform> gone) throws IOException {
        for (Component component : components) {
            if (!gone.containsKey(component.id())) {
                component.write(json, device.id());
            }
        }
        for (Map.Entry<String, Platform> one : new TreeMap<>(gone).entrySet()) {
            json.writeObjectFieldStart(one.getKey());
            json.writeStringField("platform", one.getValue().wireName());
            json.writeEndObject();
        }
    }
}
