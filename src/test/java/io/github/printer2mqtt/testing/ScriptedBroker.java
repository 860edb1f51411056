package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.simulator.server.MqttPacket;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A minimal broker for MQTT 5 and 3.1.1, or for 3.1.1 only. It acknowledges messages and delivers none, like a broker whose
 * ACL rejects silently. It counts PINGREQ packets and closes the connection of a client that stays silent for one and a half
 * times its keep alive, as the specification asks.
 */
public final class ScriptedBroker implements AutoCloseable {
    private static final int LEVEL_5 = 5;

    /** The reaction to an MQTT 5 client. */
    public enum Mqtt5 {
        ACCEPTED,
        /** CONNACK with return code 1, unacceptable protocol version. */
        REFUSED,
        /** Closes the connection. */
        CLOSED
    }

    private final Vertx vertx;
    private final NetServer server;
    private final Mqtt5 mqtt5;
    private final Buffer properties;
    private final int enforcedKeepAlive;
    private final Map<String, String> retained = new ConcurrentHashMap<>();
    private final AtomicInteger pings = new AtomicInteger();
    private final List<Integer> publishHeaders = new CopyOnWriteArrayList<>();
    private final List<Integer> levels = new CopyOnWriteArrayList<>();
    private final Set<NetSocket> clients = ConcurrentHashMap.newKeySet();
    private volatile boolean acknowledges = true;

    private ScriptedBroker(Vertx vertx, Mqtt5 mqtt5, Buffer properties, int enforcedKeepAlive) {
        this.vertx = vertx;
        this.server = vertx.createNetServer();
        this.mqtt5 = mqtt5;
        this.properties = properties;
        this.enforcedKeepAlive = enforcedKeepAlive;
    }

    /** A broker whose CONNACK has no properties. */
    public static ScriptedBroker start(Vertx vertx) {
        return start(vertx, Mqtt5.ACCEPTED);
    }

    /** The same with a reaction to MQTT 5 clients. */
    public static ScriptedBroker start(Vertx vertx, Mqtt5 mqtt5) {
        return start(vertx, mqtt5, Buffer.buffer(), 0);
    }

    /**
     * A broker that announces limits to MQTT 5 clients.
     *
     * @param keepAlive seconds that clients must use instead of their own
     */
    public static ScriptedBroker limited(
            Vertx vertx,
            int receiveMaximum,
            int maximumPacketSize,
            int maximumQos,
            int retainAvailable,
            int keepAlive) {
        Buffer properties = Buffer.buffer()
                .appendByte((byte) 0x21)
                .appendUnsignedShort(receiveMaximum)
                .appendByte((byte) 0x27)
                .appendUnsignedInt(maximumPacketSize)
                .appendByte((byte) 0x24)
                .appendByte((byte) maximumQos)
                .appendByte((byte) 0x25)
                .appendByte((byte) retainAvailable)
                .appendByte((byte) 0x13)
                .appendUnsignedShort(keepAlive);
        return start(vertx, Mqtt5.ACCEPTED, properties, keepAlive);
    }

    private static ScriptedBroker start(Vertx vertx, Mqtt5 mqtt5, Buffer properties, int enforcedKeepAlive) {
        ScriptedBroker broker = new ScriptedBroker(vertx, mqtt5, properties, enforcedKeepAlive);
        broker.server.connectHandler(socket -> broker.new Client(socket));
        Await.done(broker.server.listen(0, "127.0.0.1"));
        return broker;
    }

    public int port() {
        return server.actualPort();
    }

    public String url() {
        return "mqtt://127.0.0.1:" + port();
    }

    /** The protocol levels of the CONNECTs so far. */
    public List<Integer> levels() {
        return List.copyOf(levels);
    }

    /** Stops acknowledging PUBLISH packets. */
    public void acknowledgeNothing() {
        acknowledges = false;
    }

    /** Closes all connections without DISCONNECT. */
    public void dropConnections() {
        clients.forEach(NetSocket::close);
    }

    /** Stores a retained message for subscribers to exactly this topic. */
    public ScriptedBroker keeping(String topic, String payload) {
        retained.put(topic, payload);
        return this;
    }

    /** PINGREQ packets of all clients so far. */
    public int pings() {
        return pings.get();
    }

    /** The first byte of each PUBLISH so far: QoS in bits 1 and 2, retain in bit 0. */
    public List<Integer> publishHeaders() {
        return List.copyOf(publishHeaders);
    }

    @Override
    public void close() {
        Await.done(server.close());
    }

    private final class Client {
        private final NetSocket socket;
        private Buffer pending = Buffer.buffer();
        private long silenceMillis;
        private long silenceTimer = -1;
        private int level;

        Client(NetSocket socket) {
            this.socket = socket;
            clients.add(socket);
            socket.exceptionHandler(failure -> {});
            socket.closeHandler(closed -> {
                clients.remove(socket);
                vertx.cancelTimer(silenceTimer);
            });
            socket.handler(this::read);
        }

        private void read(Buffer bytes) {
            pending.appendBuffer(bytes);
            for (MqttPacket packet = MqttPacket.first(pending); packet != null; packet = MqttPacket.first(pending)) {
                pending = pending.getBuffer(packet.encodedLength(), pending.length());
                respond(packet);
                expectMore();
            }
        }

        private void respond(MqttPacket packet) {
            switch (packet.type()) {
                case MqttPacket.CONNECT -> connect(packet.body());
                case MqttPacket.PUBLISH -> acknowledge(packet);
                case MqttPacket.SUBSCRIBE -> subscribe(packet.body());
                case MqttPacket.UNSUBSCRIBE -> {
                    Buffer id = packet.body().getBuffer(0, 2);
                    send(0xb0, level == LEVEL_5 ? id.appendByte((byte) 0).appendByte((byte) 0) : id);
                }
                case MqttPacket.PINGREQ -> {
                    pings.incrementAndGet();
                    send(0xd0, Buffer.buffer());
                }
                default -> {
                    // DISCONNECT and acknowledgements need no response.
                }
            }
        }

        private void connect(Buffer body) {
            level = body.getByte(6);
            levels.add(level);
            if (level == LEVEL_5 && mqtt5 == Mqtt5.CLOSED) {
                socket.close();
                return;
            }
            if (level == LEVEL_5 && mqtt5 == Mqtt5.REFUSED) {
                send(0x20, Buffer.buffer().appendByte((byte) 0).appendByte((byte) 1));
                return;
            }
            int seconds = enforcedKeepAlive > 0 ? enforcedKeepAlive : body.getUnsignedShort(8);
            silenceMillis = seconds * 1500L;
            Buffer accepted = Buffer.buffer().appendByte((byte) 0).appendByte((byte) 0);
            if (level == LEVEL_5) {
                accepted.appendByte((byte) properties.length()).appendBuffer(properties);
            }
            send(0x20, accepted);
        }

        /** Takes the first filter of the packet; each of our clients sends one. */
        private void subscribe(Buffer body) {
            Buffer id = body.getBuffer(0, 2);
            send(0x90, level == LEVEL_5 ? id.appendByte((byte) 0).appendByte((byte) 1) : id.appendByte((byte) 1));
            int at = level == LEVEL_5 ? 3 : 2;
            String filter = body.getString(at + 2, at + 2 + body.getUnsignedShort(at));
            String kept = retained.get(filter);
            if (kept != null) {
                Buffer message =
                        Buffer.buffer().appendUnsignedShort(filter.length()).appendString(filter);
                send(0x31, (level == LEVEL_5 ? message.appendByte((byte) 0) : message).appendString(kept));
            }
        }

        private void acknowledge(MqttPacket packet) {
            publishHeaders.add(packet.header());
            if (packet.qos() > 0 && acknowledges) {
                int id = 2 + packet.body().getUnsignedShort(0);
                send(0x40, packet.body().getBuffer(id, id + 2));
            }
        }

        private void expectMore() {
            vertx.cancelTimer(silenceTimer);
            if (silenceMillis > 0) {
                silenceTimer = vertx.setTimer(silenceMillis, id -> socket.close());
            }
        }

        private void send(int header, Buffer body) {
            socket.write(Buffer.buffer()
                    .appendByte((byte) header)
                    .appendByte((byte) body.length())
                    .appendBuffer(body));
        }
    }
}
