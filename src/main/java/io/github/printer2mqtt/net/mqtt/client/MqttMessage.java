package io.github.printer2mqtt.net.mqtt.client;

import org.jspecify.annotations.Nullable;

/**
 * One MQTT message, received or to be sent.
 *
 * @param topic without wildcards
 * @param payload shared, not copied: must not be changed
 * @param qos 0 or 1; received ones may have 2
 * @param retained to be stored by the broker; on a received message, the retain flag
 * @param responseTopic where a response is expected; null for none, and always on 3.1.1
 * @param correlationData to be copied into the response; null for none, and always on 3.1.1
 * @param expiresAt the {@link System#nanoTime()} after which it must be ignored; null for never. 3.1.1 has no such thing: no
 *     received message has it there, and one to be sent loses it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and must not be copied
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

    /** A response with the correlation data of its request, null for none. */
    public static MqttMessage response(String topic, byte[] payload, byte @Nullable [] correlationData) {
        return new MqttMessage(topic, payload, 1, false, null, correlationData, null);
    }

    /** A message for current subscribers that is of no use later. */
    public static MqttMessage expiring(String topic, byte[] payload, int qos, long expiresAt) {
        return new MqttMessage(topic, payload, qos, false, null, null, expiresAt);
    }

    /** A message for current subscribers only. */
    public static MqttMessage nonRetained(String topic, byte[] payload, int qos) {
        return new MqttMessage(topic, payload, qos, false, null, null, null);
    }
}
