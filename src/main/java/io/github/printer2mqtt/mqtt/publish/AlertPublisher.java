package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.json.PrinterDocuments;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Puts open alerts into the retained set and clears those that have ended. Each refresh reads all open alerts, so that
 * one call covers any number of changes. Belongs to the context of {@code MqttVerticle}.
 */
public final class AlertPublisher {
    private final Supplier<List<Alert>> open;
    private final Topics topics;
    private final RetainedTopics retained;
    private Map<String, Topic> published = new HashMap<>();

    /** @param open the alerts that are open now, read from memory */
    public AlertPublisher(Supplier<List<Alert>> open, Topics topics, RetainedTopics retained) {
        this.open = open;
        this.topics = topics;
        this.retained = retained;
    }

    public void refresh() {
        Map<String, Topic> now = new HashMap<>();
        for (Alert alert : open.get()) {
            Topic topic = topics.printerAlert(alert.printer(), alert.code().wireName());
            now.put(topic.text(), topic);
            retained.put(topic, PrinterDocuments.alert(alert));
        }
        published.forEach((text, topic) -> {
            if (!now.containsKey(text)) {
                retained.clear(topic);
            }
        });
        published = now;
    }
}
