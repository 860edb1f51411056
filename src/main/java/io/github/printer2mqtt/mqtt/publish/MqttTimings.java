package io.github.printer2mqtt.mqtt.publish;

import java.time.Duration;

/**
 * Intervals and timeouts of the MQTT interface; only tests use other values than the defaults.
 *
 * @param health interval of {@code bridge/health}
 * @param echo timeout for receiving our own {@code bridge/state} on MQTT 3.1.1
 * @param restore delay from a foreign message on one of our retained topics until such topics are published again
 * @param offline timeout for the acknowledgement of the offline message on stop
 * @param settle pause after removing a Home Assistant entity before its id is used again: Home Assistant frees ids with
 *     a delay
 * @param birthAtLeast shortest delay from Home Assistant's birth message until everything is published again
 * @param birthAtMost longest such delay; it is random, since all bridges receive the birth message at the same time
 * @param birthPause shortest time between two responses to birth messages
 * @param scan how long a scan for retained topics without an owner collects what the broker has retained
 */
public record MqttTimings(
        Duration health,
        Duration echo,
        Duration restore,
        Duration offline,
        Duration settle,
        Duration birthAtLeast,
        Duration birthAtMost,
        Duration birthPause,
        Duration scan) {
    public static MqttTimings defaults() {
        return new MqttTimings(
                Duration.ofMinutes(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(3));
    }
}
