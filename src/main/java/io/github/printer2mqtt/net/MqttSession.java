package io.github.printer2mqtt.net;

import io.github.printer2mqtt.config.MqttConfig;

/**
 * What was agreed with the broker when a connection came up.
 *
 * @param protocol {@code V5} or {@code V3}
 * @param limits what the broker allows
 */
public record MqttSession(MqttConfig.Version protocol, BrokerLimits limits) {}
