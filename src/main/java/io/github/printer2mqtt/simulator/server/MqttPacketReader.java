package io.github.printer2mqtt.simulator.server;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the fields of one packet in order; a packet that is too short throws {@link IndexOutOfBoundsException}. Source: MQTT 3.1.1,
 * chapter 3.
 */
final class MqttPacketReader {
    private static final int HAS_USER = 0x80;
    private static final int HAS_PASSWORD = 0x40;
    private static final int HAS_WILL = 0x04;

    private final Buffer body;
    private int at;

    MqttPacketReader(MqttPacket packet) {
        body = packet.body();
    }

    /** What CONNECT says. */
    record Connect(int level, String user, String password) {}

    Connect connect() {
        text();
        int level = body.getUnsignedByte(at);
        int flags = body.getUnsignedByte(at + 1);
        at += 4; // and the keep alive
        text(); // client id
        if ((flags & HAS_WILL) != 0) {
            text();
            text();
        }
        String user = (flags & HAS_USER) == 0 ? "" : text();
        return new Connect(level, user, (flags & HAS_PASSWORD) == 0 ? "" : text());
    }

    /** The identifier of the packet, as two bytes. */
    Buffer identifier() {
        at += 2;
        return body.getBuffer(at - 2, at);
    }

    String text() {
        int length = body.getUnsignedShort(at);
        at += 2 + length;
        return body.getString(at - length, at);
    }

    /** The filters of SUBSCRIBE, whose QoS is ignored. */
    List<String> subscribedFilters() {
        List<String> filters = new ArrayList<>();
        while (at < body.length()) {
            filters.add(text());
            at++;
        }
        return filters;
    }

    /** The filters of UNSUBSCRIBE. */
    List<String> filters() {
        List<String> filters = new ArrayList<>();
        while (at < body.length()) {
            filters.add(text());
        }
        return filters;
    }

    /** The bytes not read yet: the payload of PUBLISH. */
    Buffer rest() {
        return body.getBuffer(at, body.length());
    }
}
