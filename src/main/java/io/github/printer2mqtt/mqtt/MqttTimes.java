package io.github.printer2mqtt.mqtt;

import java.time.Duration;

/**
 * The waits of this room; other than the defaults in tests only.
 *
 * @param health between two publications of {@code bridge/health}
 * @param echo until our own state must have come back on MQTT 3.1.1
 * @param goodbye until the broker must have acknowledged that we stop
 */
public record MqttTimes(Duration health, Duration echo, Duration goodbye) {
    public static MqttTimes defaults() {
        return new MqttTimes(Duration.ofMinutes(1), Duration.ofSeconds(5), Duration.ofSeconds(2));
    }
}
