package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.github.printer2mqtt.mqtt.topic.Topic;
import java.util.Map;

/** The message on one discovery topic: a device with its entities, or one entity. Immutable; safe for every thread. */
public sealed interface DiscoveryMessage permits DeviceMessage, EntityMessage, LazyDiscoveryMessage {
    /** The retained topic. */
    Topic topic();

    /** In UTF-8. */
    byte[] bytes();

    /** The entities it announces. */
    KnownComponents known();

    /**
     * The message that removes entities announced earlier on the same topic.
     *
     * @param removed ids with the platform each was announced with
     */
    byte[] bytesRemoving(Map<String, Platform> removed);
}
