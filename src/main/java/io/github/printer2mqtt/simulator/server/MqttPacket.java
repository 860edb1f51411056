package io.github.printer2mqtt.simulator.server;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * An MQTT control packet from a socket.
 *
 * @param header the first byte: type and flags
 * @param body everything after the remaining length
 * @param encodedLength bytes of the whole packet on the wire
 */
public record MqttPacket(int header, Buffer body, int encodedLength) {
    public static final int CONNECT = 1;
    public static final int PUBLISH = 3;
    public static final int SUBSCRIBE = 8;
    public static final int UNSUBSCRIBE = 10;
    public static final int PINGREQ = 12;
    public static final int DISCONNECT = 14;

    /** The first packet in the bytes, or null if it is not complete yet. */
    public static @Nullable MqttPacket first(Buffer bytes) {
        int remaining = 0;
        for (int i = 1; i < bytes.length() && i <= 4; i++) {
            remaining |= (bytes.getByte(i) & 0x7f) << (7 * (i - 1));
            if ((bytes.getByte(i) & 0x80) == 0) {
                int end = 1 + i + remaining;
                return bytes.length() < end
                        ? null
                        : new MqttPacket(bytes.getByte(0) & 0xff, bytes.getBuffer(1 + i, end), end);
            }
        }
        return null;
    }

    public static Buffer encode(int header, Buffer body) {
        Buffer packet = Buffer.buffer().appendByte((byte) header);
        int length = body.length();
        do {
            int digit = length & 0x7f;
            length >>>= 7;
            packet.appendByte((byte) (length > 0 ? digit | 0x80 : digit));
        } while (length > 0);
        return packet.appendBuffer(body);
    }

    /** A message with QoS 0. */
    public static Buffer publish(String topic, Buffer payload) {
        Buffer name = Buffer.buffer(topic);
        return encode(
                PUBLISH << 4,
                Buffer.buffer()
                        .appendUnsignedShort(name.length())
                        .appendBuffer(name)
                        .appendBuffer(payload));
    }

    public int type() {
        return header >> 4;
    }

    public int qos() {
        return (header >> 1) & 3;
    }
}
