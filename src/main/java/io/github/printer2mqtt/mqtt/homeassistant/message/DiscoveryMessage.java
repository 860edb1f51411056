package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.github.printer2mqtt.mqtt.topic.Topic;
import java.util.Map;

/** What is announced at one discovery topic: a device with its entities, or one entity. Immutable; safe for every thread. */
public sealed interface DiscoveryMessage permits DeviceMessage, EntityMessage, MessageOnDemand {
    /** Where it is announced, retained. */
    Topic topic();

    /** The message in UTF-8. */
    byte[] bytes();

    /** Which entities it announces. */
    KnownComponents known();

    /**
     * The message with which Home Assistant removes entities that were announced at the same topic.
     *
     * @param gone by id, with the platform each was announced with
     */
    byte[] bytesRemoving(Map<String, Platform> gone);
}
