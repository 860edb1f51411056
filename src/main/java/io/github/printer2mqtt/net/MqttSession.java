package io.github.printer2mqtt.net;

import io.github.printer2mqtt.config.MqttConfig;

/**
 * What was agreed with the broker when a connection came up.
 *
 * @param protocol {@code V5} or {@code V3}
 * @param receiveMaximum unacknowledged messages the broker allows us, 1 to 65535; 65535 where it does not say
 */
public record MqttSession(MqttConfig.Version protocol, int receiveMaximum) {}
