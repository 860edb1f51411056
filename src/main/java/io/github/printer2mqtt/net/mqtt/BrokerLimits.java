package io.github.printer2mqtt.net.mqtt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a broker allows on one connection: the properties of its CONNACK (MQTT 5, section 3.2.2.3). A 3.1.1 broker cannot
 * say, so the defaults of the specification stand.
 *
 * @param receiveMaximum unacknowledged messages it takes from us, 1 to 65535
 * @param maximumPacketSize bytes of the largest packet we may send
 * @param maximumQos 0, 1 or 2
 * @param retainAvailable whether it keeps retained messages
 * @param keepAlive silence after which we must ping; zero for never
 */
public record BrokerLimits(
        int receiveMaximum, long maximumPacketSize, int maximumQos, boolean retainAvailable, Duration keepAlive) {
    /** What a client may send where the broker says nothing. */
    public static final int RECEIVE_MAXIMUM = 65535;

    /** Of a broker that limits nothing beyond our own largest packet. */
    public static BrokerLimits none(long maximumPacketSize, Duration keepAlive) {
        return new BrokerLimits(RECEIVE_MAXIMUM, maximumPacketSize, 2, true, keepAlive);
    }

    /** What users miss because of the limits, one clause each; empty if everything works. */
    public List<String> losses() {
        List<String> losses = new ArrayList<>();
        if (!retainAvailable) {
            losses.add(
                    "it keeps no retained messages, so clients that connect later see nothing until a value changes");
        }
        if (maximumQos == 0) {
            losses.add("it takes QoS 0 only, so messages may be lost without notice");
        }
        return losses;
    }

    @Override
    public String toString() {
        return "receive maximum " + receiveMaximum + ", packets up to " + maximumPacketSize + " bytes, QoS up to "
                + maximumQos + ", retained messages " + (retainAvailable ? "kept" : "not kept") + ", keep alive "
                + keepAlive.toSeconds() + " s";
    }
}
