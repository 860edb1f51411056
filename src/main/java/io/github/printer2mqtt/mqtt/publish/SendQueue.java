package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.TopicKind;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The topics whose values are to be sent, each once: devices apart, since they go more slowly; then values; and last what
 * is to be emptied, which waits until every device that is to go is gone: Home Assistant shall never see a device without
 * its topics. Belongs to one context.
 */
final class SendQueue {
    private final Set<String> devices = new LinkedHashSet<>();
    private final Set<String> goingDevices = new HashSet<>();
    private final Set<String> values = new LinkedHashSet<>();
    private final Set<String> emptied = new LinkedHashSet<>();

    /** A topic has a value to send. */
    void addValue(Topic topic) {
        remove(emptied, topic);
        if (topic.kind() == TopicKind.DISCOVERY) {
            remove(goingDevices, topic);
            devices.add(topic.text());
        } else {
            values.add(topic.text());
        }
    }

    /** A topic is to be emptied. */
    void addEmpty(Topic topic) {
        if (topic.kind() == TopicKind.DISCOVERY) {
            devices.add(topic.text());
            goingDevices.add(topic.text());
        } else {
            remove(values, topic);
            emptied.add(topic.text());
        }
    }

    /** What there was to send is sent, or nobody wants it any more. */
    void remove(Topic topic) {
        remove(devices, topic);
        remove(goingDevices, topic);
        remove(values, topic);
        remove(emptied, topic);
    }

    private static void remove(Set<String> texts, Topic topic) {
        texts.remove(topic.text());
    }

    void clear() {
        devices.clear();
        goingDevices.clear();
        values.clear();
        emptied.clear();
    }

    /** In the order they came. */
    Set<String> devices() {
        return devices;
    }

    /** In the order they came. */
    Set<String> values() {
        return values;
    }

    /** What may be emptied now, in the order it came. */
    Set<String> emptied() {
        return goingDevices.isEmpty() ? emptied : Set.of();
    }

    int size() {
        return devices.size() + values.size() + emptied.size();
    }
}
