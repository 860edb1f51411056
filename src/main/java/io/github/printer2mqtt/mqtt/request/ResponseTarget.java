package io.github.printer2mqtt.mqtt.request;

import io.github.printer2mqtt.mqtt.topic.ResponseTopics;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.net.mqtt.MqttMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody who asked hears the answer.
 *
 * @param topic below the base topic
 * @param responseTopic that the asker named, on MQTT 5; null for none
 * @param correlationData that the answer there must carry; null for none
 */
@SuppressWarnings("ArrayRecordComponent") // handed through, compared by nobody
record ResponseTarget(Topic topic, @Nullable String responseTopic, byte @Nullable [] correlationData) {
    /** The usual response topic and, if that is allowed, the response topic of the request. */
    static ResponseTarget of(Topic topic, MqttMessage asked, ResponseTopics allowed) {
        String named = asked.responseTopic();
        return named == null || !allowed.allows(named)
                ? new ResponseTarget(topic, null, null)
                : new ResponseTarget(topic, named, asked.correlationData());
    }

    /** The messages that carry an answer: one, or one more for the topic that the asker named. */
    List<MqttMessage> messages(byte[] payload) {
        MqttMessage usual = MqttMessage.nonRetained(topic.text(), payload, topic.qos());
        if (responseTopic == null) {
            return List.of(usual);
        }
        MqttMessage asked = MqttMessage.answer(responseTopic, payload, correlationData);
        return responseTopic.equals(topic.text()) ? List.of(asked) : List.of(usual, asked);
    }
}
