package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.json.AttributeTexts;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.mqtt.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Publishes each value of a status as a topic of its own, and clears the topics of values that became unknown. Belongs
 * to the context of {@code MqttVerticle}.
 */
public final class AttributePublisher {
    private final Topics topics;
    private final RetainedTopics retained;
    private final Map<PrinterId, Set<String>> published = new HashMap<>();

    public AttributePublisher(Topics topics, RetainedTopics retained) {
        this.topics = topics;
        this.retained = retained;
    }

    public void put(StatusDocument document) {
        PrinterId printer = document.status().id();
        Map<String, String> texts = AttributeTexts.of(document);
        texts.forEach((path, text) ->
                retained.put(topics.printerAttribute(printer, path), text.getBytes(StandardCharsets.UTF_8)));
        Set<String> before = published.put(printer, texts.keySet());
        if (before != null) {
            before.stream()
                    .filter(path -> !texts.containsKey(path))
                    .forEach(path -> retained.clear(topics.printerAttribute(printer, path)));
        }
    }

    /** Forgets a printer, whose topics are cleared together with its other ones. */
    public void remove(PrinterId printer) {
        published.remove(printer);
    }
}
