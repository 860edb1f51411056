package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.TopicKind;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The topics to be sent, each once: devices, which are sent at a limited rate, values, and cleared topics. Topics are
 * cleared only after every removed device is gone, so that Home Assistant never has a device without its topics.
 * Belongs to one context.
 */
final class SendQueue {
    private final Set<String> devices = new LinkedHashSet<>();
    private final Set<String> removedDevices = new HashSet<>();
    private final Set<String> values = new LinkedHashSet<>();
    private final Set<String> cleared = new LinkedHashSet<>();

    void addValue(Topic topic) {
        remove(cleared, topic);
        if (topic.kind() == TopicKind.DISCOVERY) {
            remove(removedDevices, topic);
            devices.add(topic.text());
        } else {
            values.add(topic.text());
        }
    }

    void addCleared(Topic topic) {
        if (topic.kind() == TopicKind.DISCOVERY) {
            devices.add(topic.text());
            removedDevices.add(topic.text());
        } else {
            remove(values, topic);
            cleared.add(topic.text());
        }
    }

    /** The topic was sent or is no longer needed. */
    void remove(Topic topic) {
        remove(devices, topic);
        remove(removedDevices, topic);
        remove(values, topic);
        remove(cleared, topic);
    }

    private static void remove(Set<String> texts, Topic topic) {
        texts.remove(topic.text());
    }

    void clear() {
        devices.clear();
        removedDevices.clear();
        values.clear();
        cleared.clear();
    }

    Set<String> devices() {
        return devices;
    }

    Set<String> values() {
        return values;
    }

    /** Empty while a removed device is still to be sent. */
    Set<String> cleared() {
        return removedDevices.isEmpty() ? cleared : Set.of();
    }

    int size() {
        return devices.size() + values.size() + cleared.size();
    }
}
