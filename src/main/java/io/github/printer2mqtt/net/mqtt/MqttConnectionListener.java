package io.github.printer2mqtt.net.mqtt;

import io.github.printer2mqtt.config.MqttConfig;
import java.time.Duration;

/** Hears what happens to an {@link ReconnectingMqttConnection}, on the context that owns it. */
public interface MqttConnectionListener {
    /** The broker has taken us; what was subscribed or unacknowledged before is forgotten. */
    void onConnected(Session session);

    /** The connection went away; every unacknowledged publish has failed before this is called. */
    void onLost(String reason, Duration nextAttemptIn);

    /** An attempt failed. */
    void onConnectFailed(ConnectFailure problem, Duration nextAttemptIn);

    /** A message of one of our subscriptions arrived. */
    default void onMessage(MqttMessage message) {}

    /**
     * What was agreed with the broker when a connection came up.
     *
     * @param protocol {@code V5} or {@code V3}
     * @param limits what the broker allows
     */
    record Session(MqttConfig.Version protocol, BrokerLimits limits) {}
}
