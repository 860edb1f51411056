package io.github.printer2mqtt.net.mqtt;

/**
 * The reason code of a CONNACK as it came from the network: Paho 1.2.5 takes those it does not know, such as "QoS not
 * supported", for the answer of a broker that speaks MQTT 3.1.1. Safe for every thread.
 */
final class ConnackCode {
    private static final int CONNACK = 0x20;
    private static final int UNKNOWN = -1;

    /** Header, at most four bytes of length, flags and code. */
    private final byte[] first = new byte[7];

    private int count;

    /** Takes bytes in the order they came; those behind the code are left out. */
    synchronized void add(byte[] bytes, int from, int length) {
        int taken = Math.min(length, first.length - count);
        if (taken > 0) {
            System.arraycopy(bytes, from, first, count, taken);
            count += taken;
        }
    }

    /** The code, or -1 if no whole one has come. */
    synchronized int value() {
        if (count == 0 || (first[0] & 0xf0) != CONNACK) {
            return UNKNOWN;
        }
        int lengthEnd = 1;
        while (lengthEnd < count && (first[lengthEnd] & 0x80) != 0) {
            lengthEnd++;
        }
        int code = lengthEnd + 2;
        return code < count ? first[code] & 0xff : UNKNOWN;
    }
}
