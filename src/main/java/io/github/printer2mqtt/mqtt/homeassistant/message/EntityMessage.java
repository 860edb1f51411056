package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.github.printer2mqtt.json.Json;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.TopicKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The discovery message of one entity, for Home Assistant before 2024.11 and other programs that support its discovery.
 * The levels of its topic are the ids of the device's message, so that one form can be migrated to the other.
 */
public final class EntityMessage implements DiscoveryMessage {
    private final String prefix;
    private final Device device;
    private final String version;
    private final @Nullable Topic state;
    private final List<Topic> availability;
    private final Component component;

    EntityMessage(
            String prefix,
            Device device,
            String version,
            @Nullable Topic state,
            List<Topic> availability,
            Component component) {
        this.prefix = prefix;
        this.device = device;
        this.version = version;
        this.state = state;
        this.availability = availability;
        this.component = component;
    }

    @Override
    public Topic topic() {
        String text = prefix + "/" + component.platform().wireName() + "/"
                + device.id().text() + "/" + component.id();
        return new Topic(text + "/config", true, 1, TopicKind.DISCOVERY);
    }

    @Override
    public KnownComponents known() {
        return new KnownComponents(Map.of(component.id(), component.platform()));
    }

    @Override
    public byte[] bytes() {
        return Json.bytes(json -> {
            json.writeStartObject();
            component.writeKeys(json, device.id());
            if (state != null && component.isWithoutStateTopic()) {
                json.writeStringField("state_topic", state.text());
            }
            if (!availability.isEmpty() && !component.keys().containsKey("availability")) {
                json.writeFieldName("availability");
                Component.writeAvailability(json, availability);
                json.writeStringField("availability_mode", "all");
            }
            json.writeNumberField("qos", 1);
            device.write(json);
            json.writeObjectFieldStart("origin");
            json.writeStringField("name", "printer2mqtt");
            json.writeStringField("sw_version", version);
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    /** Never used: each entity has a topic of its own. */
    @Override
    public byte[] bytesRemoving(Map<String, Platform> removed) {
        return bytes();
    }
}
