package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.github.printer2mqtt.json.Json;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.TopicKind;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * The discovery message of one entity, for Home Assistant before 2024.11 and other programs that support its discovery.
 * The levels of its topic are the ids of the device's message, so that one form can be migrated to the other.
 *
 * @param prefix of all discovery topics
 * @param whole the message of its device
 */
record EntityMessage(String prefix, DeviceMessage whole, Component component) implements DiscoveryMessage {
    @Override
    public Topic topic() {
        String text = prefix + "/" + component.platform().wireName() + "/"
                + whole.device().id().text() + "/" + component.id();
        return new Topic(text + "/config", true, 1, TopicKind.DISCOVERY);
    }

    @Override
    public KnownComponents known() {
        return new KnownComponents(Map.of(component.id(), component.platform()));
    }

    @Override
    public byte[] bytes() {
        JsonObject json = component.json(whole.device().id());
        if (whole.state() != null && component.isWithoutStateTopic()) {
            json.put("state_topic", whole.state().text());
        }
        if (!component.keys().containsKey("availability")) {
            whole.putAvailability(json);
        }
        return Json.bytes(
                json.put("qos", 1).put("device", whole.device().json()).put("origin", whole.origin()));
    }

    /** Never used: each entity has a topic of its own. */
    @Override
    public byte[] bytesRemoving(Map<String, Platform> removed) {
        return bytes();
    }
}
