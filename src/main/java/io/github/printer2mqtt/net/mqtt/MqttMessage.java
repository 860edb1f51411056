package io.github.printer2mqtt.net.mqtt;

import org.jspecify.annotations.Nullable;

/**
 * One MQTT message, received or to be sent.
 *
 * @param topic without wildcards
 * @param payload shared, not copied: do not change it
 * @param qos 0 or 1 (2 may arrive)
 * @param retained to be kept by the broker; on arrival, whether it was kept
 * @param responseTopic where an answer is expected; null for none, and always on 3.1.1
 * @param correlationData what an answer must carry; null for none, and always on 3.1.1
 * @param expiresAt on arrival, the moment by {@link System#nanoTime()} after which it means nothing any more; null for
 *     never, and always on 3.1.1
 */
@SuppressWarnings("ArrayRecordComponent") // payloads are compared by nobody and must not be copied
public record MqttMessage(
        String topic,
        byte[] payload,
        int qos,
        boolean retained,
        @Nullable String responseTopic,
        byte @Nullable [] correlationData,
        @Nullable Long expiresAt) {
    public static MqttMessage retained(String topic, byte[] payload, int qos) {
        return new MqttMessage(topic, payload, qos, true, null, null, null);
    }

    /** An answer to somebody who asked; its correlation data, null for none, is what the question carried. */
    public static MqttMessage answer(String topic, byte[] payload, byte @Nullable [] correlationData) {
        return new MqttMessage(topic, payload, 1, false, null, correlationData, null);
    }

    /** A message that only those hear who listen now. */
    public static MqttMessage nonRetained(String topic, byte[] payload, int qos) {
        return new MqttMessage(topic, payload, qos, false, null, null, null);
    }
}
