package io.github.printer2mqtt.mqtt.homeassistant;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.printer2mqtt.mqtt.Topic;
import java.io.IOException;
import java.util.List;

/** Writes which topics say whether an entity is available; each holds an object with {@code state} online or offline. */
final class Availability {
    private Availability() {}

    static void write(JsonGenerator json, List<Topic> topics) throws IOException {
        json.writeStartArray();
        for (Topic topic : topics) {
            json.writeStartObject();
            json.writeStringField("topic", topic.text());
            json.writeStringField("value_template", Templates.root("state"));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
