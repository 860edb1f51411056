package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.json.PrinterDocuments;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.Topics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Puts open alerts into the retained set and clears those that have ended. Each refresh reads all open alerts, so that
 * one call covers any number of changes. Belongs to the context of {@code MqttVerticle}.
 */
public final class AlertPublisher {
    private final Supplier<List<Alert>> open;
    private final Topics topics;
    private final RetainedTopics retained;
    private Set<Topic> published = Set.of();

    /** @param open the alerts that are open now, read from memory */
    public AlertPublisher(Supplier<List<Alert>> open, Topics topics, RetainedTopics retained) {
        this.open = open;
        this.topics = topics;
        this.retained = retained;
    }

    public void refresh() {
        Map<Topic, byte[]> now = new LinkedHashMap<>();
        open.get()
                .forEach(alert -> now.put(
                        topics.printerAlert(alert.printer(), alert.code().wireName()), PrinterDocuments.alert(alert)));
        published = retained.replaceAll(published, now);
    }
}
