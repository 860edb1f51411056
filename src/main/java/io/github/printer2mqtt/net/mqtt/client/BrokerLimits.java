package io.github.printer2mqtt.net.mqtt.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a broker allows on one connection: the properties of its CONNACK (MQTT 5, section 3.2.2.3). MQTT 3.1.1 has none,
 * so the specification's defaults apply.
 *
 * @param receiveMaximum unacknowledged messages it accepts from us, 1 to 65535
 * @param maximumPacketSize largest packet we may send, in bytes
 * @param maximumQos 0, 1 or 2
 * @param retainAvailable whether it stores retained messages
 * @param keepAlive idle time after which we must send a PINGREQ; zero for never
 */
public record BrokerLimits(
        int receiveMaximum, long maximumPacketSize, int maximumQos, boolean retainAvailable, Duration keepAlive) {
    /** Default of the specification. */
    public static final int RECEIVE_MAXIMUM = 65535;

    /** No limits of the broker, only our own largest packet. */
    public static BrokerLimits none(long maximumPacketSize, Duration keepAlive) {
        return new BrokerLimits(RECEIVE_MAXIMUM, maximumPacketSize, 2, true, keepAlive);
    }

    /** What users lose because of the limits, one clause each; empty if everything works. */
    public List<String> losses() {
        List<String> losses = new ArrayList<>();
        if (!retainAvailable) {
            losses.add(
                    "it does not support retained messages, so clients that subscribe later see nothing until a value changes");
        }
        if (maximumQos == 0) {
            losses.add("it supports QoS 0 only, so messages may be lost without notice");
        }
        return losses;
    }

    @Override
    public String toString() {
        return "receive maximum " + receiveMaximum + ", packets up to " + maximumPacketSize + " bytes, QoS up to "
                + maximumQos + ", retained messages " + (retainAvailable ? "supported" : "not supported")
                + ", keep alive "
                + keepAlive.toSeconds() + " s";
    }
}
