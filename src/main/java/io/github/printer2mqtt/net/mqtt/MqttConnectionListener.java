package io.github.printer2mqtt.net.mqtt;

import io.github.printer2mqtt.config.MqttConfig;
import io.github.printer2mqtt.net.mqtt.client.BrokerLimits;
import io.github.printer2mqtt.net.mqtt.client.ConnectFailure;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import java.time.Duration;

/** Is notified by a {@link ReconnectingMqttConnection}, on the context that owns it. */
public interface MqttConnectionListener {
    /** Connected; earlier subscriptions and unacknowledged messages are gone. */
    void onConnected(Session session);

    /** The connection was lost; every unacknowledged publish has failed before this is called. */
    void onLost(String reason, Duration nextAttemptIn);

    void onConnectFailed(ConnectFailure failure, Duration nextAttemptIn);

    /** A message for one of our subscriptions has arrived. */
    default void onMessage(MqttMessage message) {}

    /**
     * The parameters of a new connection.
     *
     * @param protocol {@code V5} or {@code V3}
     * @param limits what the broker allows
     */
    record Session(MqttConfig.Version protocol, BrokerLimits limits) {}
}
