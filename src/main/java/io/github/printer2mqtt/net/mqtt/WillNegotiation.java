package io.github.printer2mqtt.net.mqtt;

import io.github.printer2mqtt.net.mqtt.client.ConnectFailure;
import io.github.printer2mqtt.net.mqtt.client.ConnectFailure.Kind;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import org.jspecify.annotations.Nullable;

/**
 * The will to connect with: a broker without retained messages or QoS 1 must reject a CONNECT whose will requires them
 * (MQTT 5, section 3.2.2.3). The will is reduced until the connection ends. Belongs to the connection's context.
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

    /** Whether the broker refused the will, so that a retry at once with a simpler one makes sense. */
    boolean simplifies(ConnectFailure failure) {
        MqttMessage refused = next;
        if (refused == null) {
            return false;
        }
        boolean retained = refused.retained() && failure.kind() != Kind.RETAIN_NOT_SUPPORTED;
        int qos = failure.kind() == Kind.QOS_NOT_SUPPORTED ? 0 : refused.qos();
        next = retained
                ? MqttMessage.retained(refused.topic(), refused.payload(), qos)
                : MqttMessage.nonRetained(refused.topic(), refused.payload(), qos);
        return retained != refused.retained() || qos != refused.qos();
    }

    /** Called when a connection ends or fails: the next broker at this address may support more. */
    void reset() {
        next = wanted;
    }
}
