package io.github.printer2mqtt.mqtt.request;

import io.github.printer2mqtt.mqtt.topic.ResponseTopicPolicy;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the response to a message is published.
 *
 * @param topic below the base topic
 * @param responseTopic given by the client on MQTT 5; null for none
 * @param correlationData to be sent with the response there; null for none
 */
@SuppressWarnings("ArrayRecordComponent") // passed through, never compared
record ResponseTarget(Topic topic, @Nullable String responseTopic, byte @Nullable [] correlationData) {
    /** The usual response topic and, if allowed, the one given by the client. */
    static ResponseTarget of(Topic topic, MqttMessage request, ResponseTopicPolicy allowed) {
        String named = request.responseTopic();
        return named == null || !allowed.allows(named)
                ? new ResponseTarget(topic, null, null)
                : new ResponseTarget(topic, named, request.correlationData());
    }

    /** The response as one message per topic. */
    List<MqttMessage> messages(byte[] payload) {
        MqttMessage usual = MqttMessage.nonRetained(topic.text(), payload, topic.qos());
        if (responseTopic == null) {
            return List.of(usual);
        }
        MqttMessage requested = MqttMessage.response(responseTopic, payload, correlationData);
        return responseTopic.equals(topic.text()) ? List.of(requested) : List.of(usual, requested);
    }
}
