package io.github.printer2mqtt.net.mqtt;

import org.jspecify.annotations.Nullable;

/**
 * Which will to connect with: a broker that keeps no retained messages, or takes QoS 0 only, must refuse a CONNECT whose
 * will asks for more (MQTT 5, section 3.2.2.3). What it cannot do is left out until another broker is reached. Belongs to
 * the link's context.
 */
final class WillNegotiation {
    private final @Nullable MqttMessage wanted;
    private @Nullable MqttMessage next;

    WillNegotiation(@Nullable MqttMessage wanted) {
        this.wanted = wanted;
        this.next = wanted;
    }

    /** The will of the next attempt; null for none. */
    @Nullable MqttMessage next() {
        return next;
    }

    /** Whether the refusal was about the will and a simpler one is worth an attempt at once. */
    boolean simplifies(ConnectFailure problem) {
        MqttMessage refused = next;
        if (refused == null) {
            return false;
        }
        if (problem.kind() == ConnectFailure.Kind.RETAIN_NOT_SUPPORTED && refused.retained()) {
            next = MqttMessage.nonRetained(refused.topic(), refused.payload(), refused.qos());
            return true;
        }
        if (problem.kind() == ConnectFailure.Kind.QOS_NOT_SUPPORTED && refused.qos() > 0) {
            next = refused.retained()
                    ? MqttMessage.retained(refused.topic(), refused.payload(), 0)
                    : MqttMessage.nonRetained(refused.topic(), refused.payload(), 0);
            return true;
        }
        return false;
    }

    /** The connection ended or did not come up: the next broker at this address may be able to do more. */
    void reset() {
        next = wanted;
    }
}
