package io.github.printer2mqtt.testing;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * An MQTT control packet from a socket.
 *
 * @param header the first byte: type and flags
 * @param body everything after the remaining length
 * @param encodedLength bytes of the whole packet on the wire
 */
record MqttPacket(int header, Buffer body, int encodedLength) {
    static final int CONNECT = 1;
    static final int PUBLISH = 3;
    static final int SUBSCRIBE = 8;
    static final int UNSUBSCRIBE = 10;
    static final int PINGREQ = 12;

    /** The first packet in the bytes, or null if it is not complete yet. */
    static @Nullable MqttPacket first(Buffer bytes) {
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

    static Buffer encode(int header, Buffer body) {
        Buffer packet = Buffer.buffer().appendByte((byte) header);
        int length = body.length();
        do {
            int digit = length & 0x7f;
            length >>>= 7;
            packet.appendByte((byte) (length > 0 ? digit | 0x80 : digit));
        } while (length > 0);
        return packet.appendBuffer(body);
    }

    int type() {
        return header >> 4;
    }

    int qos() {
        return (header >> 1) & 3;
    }
}
