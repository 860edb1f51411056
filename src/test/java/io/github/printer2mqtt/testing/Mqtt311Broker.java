package io.github.printer2mqtt.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A minimal broker for MQTT 3.1.1 only; it responds to CONNECT, QoS 1 PUBLISH, SUBSCRIBE and PINGREQ. */
public final class Mqtt311Broker implements AutoCloseable {
    private static final int CONNECT = 1;
    private static final int PUBLISH = 3;
    private static final int SUBSCRIBE = 8;
    private static final int PINGREQ = 12;

    /** The reaction to an MQTT 5 client. */
    public enum Refusal {
        /** CONNACK with return code 1, unacceptable protocol version. */
        ANSWERS,
        /** Closes the connection. */
        CLOSES
    }

    private final NetServer server;
    private final Refusal refusal;
    private final List<Integer> levels = new CopyOnWriteArrayList<>();
    private final Set<NetSocket> clients = ConcurrentHashMap.newKeySet();
    private volatile boolean silent;

    private Mqtt311Broker(NetServer server, Refusal refusal) {
        this.server = server;
        this.refusal = refusal;
    }

    public static Mqtt311Broker start(Vertx vertx, Refusal refusal) {
        Mqtt311Broker broker = new Mqtt311Broker(vertx.createNetServer(), refusal);
        broker.server.connectHandler(broker::welcome);
        Await.done(broker.server.listen(0, "127.0.0.1"));
        return broker;
    }

    private void welcome(NetSocket socket) {
        clients.add(socket);
        socket.exceptionHandler(failure -> {});
        socket.closeHandler(gone -> clients.remove(socket));
        Buffer[] rest = {Buffer.buffer()};
        socket.handler(bytes -> rest[0] = packets(socket, rest[0].appendBuffer(bytes)));
    }

    /** Responds to every complete packet and returns the remaining bytes. */
    private Buffer packets(NetSocket socket, Buffer bytes) {
        Buffer rest = bytes;
        while (rest.length() >= 2) {
            int length = rest.getByte(1) & 0x7f;
            int header = 2;
            if ((rest.getByte(1) & 0x80) != 0) {
                if (rest.length() < 3) {
                    return rest;
                }
                length += (rest.getByte(2) & 0x7f) << 7;
                header = 3;
            }
            if (rest.length() < header + length) {
                return rest;
            }
            answer(socket, (rest.getByte(0) & 0xf0) >> 4, rest.getByte(0), rest.getBuffer(header, header + length));
            rest = rest.getBuffer(header + length, rest.length());
        }
        return rest;
    }

    private void answer(NetSocket socket, int type, byte flags, Buffer body) {
        if (type == CONNECT) {
            connect(socket, body.getByte(6));
        } else if (type == PUBLISH && (flags & 0x06) != 0 && !silent) {
            int id = 2 + body.getUnsignedShort(0);
            send(socket, 0x40, 2, body.getByte(id), body.getByte(id + 1));
        } else if (type == SUBSCRIBE) {
            send(socket, 0x90, 3, body.getByte(0), body.getByte(1), 1);
        } else if (type == PINGREQ) {
            send(socket, 0xd0, 0);
        }
    }

    private void connect(NetSocket socket, int level) {
        levels.add(level);
        if (level == 4) {
            send(socket, 0x20, 2, 0, 0);
        } else if (refusal == Refusal.ANSWERS) {
            send(socket, 0x20, 2, 0, 1);
        } else {
            socket.close();
        }
    }

    private static void send(NetSocket socket, int... bytes) {
        Buffer packet = Buffer.buffer();
        for (int one : bytes) {
            packet.appendByte((byte) one);
        }
        socket.write(packet).onFailure(failure -> socket.close());
    }

    public int port() {
        return server.actualPort();
    }

    /** The protocol levels of the CONNECTs so far. */
    public List<Integer> levels() {
        return List.copyOf(levels);
    }

    /** Stops acknowledging PUBLISH packets. */
    public void acknowledgeNothing() {
        silent = true;
    }

    /** Closes all connections without DISCONNECT. */
    public void dropEverybody() {
        clients.forEach(NetSocket::close);
    }

    @Override
    public void close() {
        Await.done(server.close());
    }
}
