package io.github.printer2mqtt.mqtt.publish;

import java.time.Duration;

/**
 * The waits of this room; other than the defaults in tests only.
 *
 * @param health between two publications of {@code bridge/health}
 * @param echo until our own state must have come back on MQTT 3.1.1
 * @param restore between the first message of another client on a retained topic of ours and publishing such topics again
 * @param goodbye until the broker must have acknowledged that we stop
 * @param settle between the removal of something from Home Assistant and anything that has the same identity: it keeps
 *     the old name reserved while it removes
 * @param birthAtLeast after Home Assistant's birth, when it is told again
 * @param birthAtMost likewise; the moment between is random, since every bridge of a house hears the same birth
 * @param birthPause at least this long is between two answers to births
 */
public record MqttTimings(
        Duration health,
        Duration echo,
        Duration restore,
        Duration goodbye,
        Duration settle,
        Duration birthAtLeast,
        Duration birthAtMost,
        Duration birthPause) {
    public static MqttTimings defaults() {
        return new MqttTimings(
                Duration.ofMinutes(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));
    }
}
