package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.net.MqttMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody who asked hears the answer.
 *
 * @param topic of the contract
 * @param responseTopic that the asker named, on MQTT 5; null for none
 * @param correlationData that the answer there must carry; null for none
 */
@SuppressWarnings("ArrayRecordComponent") // handed through, compared by nobody
record ReplyPath(Topic topic, @Nullable String responseTopic, byte @Nullable [] correlationData) {
    private static final int LONGEST = 1024;

    static ReplyPath of(Topic topic, MqttMessage asked) {
        String named = asked.responseTopic();
        return named == null || !isFit(named)
                ? new ReplyPath(topic, null, null)
                : new ReplyPath(topic, named, asked.correlationData());
    }

    /** A broker passes on whatever the asker wrote there. */
    private static boolean isFit(String topic) {
        return !topic.isEmpty()
                && topic.length() <= LONGEST
                && !topic.startsWith("$")
                && topic.chars().noneMatch(sign -> sign == '+' || sign == '#' || sign == 0);
    }

    /** The messages that carry an answer: one, or one more for the topic that the asker named. */
    List<MqttMessage> messages(byte[] payload) {
        MqttMessage usual = MqttMessage.fleeting(topic.text(), payload, topic.qos());
        if (responseTopic == null) {
            return List.of(usual);
        }
        MqttMessage asked = MqttMessage.answer(responseTopic, payload, correlationData);
        return responseTopic.equals(topic.text()) ? List.of(asked) : List.of(usual, asked);
    }
}
