package io.github.printer2mqtt.hostile;

import io.github.printer2mqtt.hostile.HostileBehaviour.Endpoint;
import io.github.printer2mqtt.simulator.server.MqttPacket;
import io.github.printer2mqtt.simulator.tls.SimulatedAuthority;
import io.github.printer2mqtt.simulator.tls.SimulatedAuthority.Version;
import io.github.printer2mqtt.simulator.tls.SimulatedCertificate;
import io.github.printer2mqtt.testing.HostileServer;
import io.github.printer2mqtt.testing.SimulatedBambu;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Building blocks of hostile printers that are brokers: each step of a connection is right until the one that goes wrong. */
final class MqttFaultServer {
    static final Buffer ACCEPTED = Buffer.buffer(new byte[] {0x20, 2, 0, 0});
    static final String IDLE =
            "{\"print\":{\"command\":\"push_status\",\"msg\":0,\"gcode_state\":\"IDLE\",\"stg_cur\":255,\"nozzle_temper\":24.5}}";

    private static final int AFTER_STATUS_MILLIS = 500;

    /** More than one hostile printer with one serial number would share its only connection. */
    private static final AtomicInteger COUNT = new AtomicInteger();

    private MqttFaultServer() {}

    /** The steps of a connection. */
    enum Step {
        LOGIN,
        SUBSCRIPTION,
        /** The request for the whole status. */
        STATUS,
        /** The first status was sent, and had time to be seen. */
        REPORTS
    }

    /** Does something bad to a client. */
    interface Deed extends BiConsumer<NetSocket, MqttPacket> {}

    /** A printer with the right certificate whose response to a step is replaced. */
    static Function<Vertx, Endpoint> at(Step step, Deed deed) {
        String serial = String.format(Locale.ROOT, "01P00C9%08d", COUNT.incrementAndGet());
        SimulatedCertificate certificate = SimulatedBambu.AUTHORITY.issue(serial, Version.V1);
        NetServerOptions tls = new NetServerOptions()
                .setSsl(true)
                .setKeyCertOptions(certificate.serverOptions())
                .setSoLinger(0);
        return vertx -> {
            HostileServer server = HostileServer.start(
                    vertx, tls, socket -> new Conversation(socket, serial, step, deed).begin(), (socket, bytes) -> {});
            return new Running(server, registration(serial, certificate.fingerprint()));
        };
    }

    /** A server that is no such printer at all. */
    static Function<Vertx, Endpoint> instead(Function<Vertx, Endpoint> other) {
        String serial = String.format(Locale.ROOT, "01P00C9%08d", COUNT.incrementAndGet());
        return SocketFaults.registeredWith(registration(serial, "sha256:" + "ab".repeat(32)), other);
    }

    /** Of the certificate of a stranger's printer. */
    static NetServerOptions otherCertificate() {
        SimulatedAuthority authority = SimulatedBambu.AUTHORITY;
        return new NetServerOptions()
                .setSsl(true)
                .setKeyCertOptions(
                        authority.issue("01P00C999999999", Version.V1).serverOptions());
    }

    private static JsonObject registration(String serial, String fingerprint) {
        return new JsonObject()
                .put("tls", new JsonObject().put("fingerprint", fingerprint))
                .put("credentials", new JsonObject().put("username", serial).put("password", SimulatedBambu.CODE));
    }

    static Deed sends(Buffer bytes) {
        return (socket, packet) -> SocketFaults.write(socket, bytes);
    }

    /** Ten thousand a second at most, by a timer: writing without a pause would occupy the event loop of the test. */
    static void flood(NetSocket socket, Buffer bytes) {
        Buffer many = Buffer.buffer();
        for (int i = 0; i < 200; i++) {
            many.appendBuffer(bytes);
        }
        Vertx here = Vertx.currentContext().owner();
        here.setPeriodic(20, timer -> {
            if (!socket.writeQueueFull()) {
                socket.write(many).onFailure(gone -> here.cancelTimer(timer));
            }
        });
    }

    static Deed floods(Buffer bytes) {
        return (socket, packet) -> flood(socket, bytes);
    }

    static Deed closes() {
        return (socket, packet) -> socket.close();
    }

    static Deed isSilent() {
        return (socket, packet) -> {};
    }

    /** One client, which is answered correctly until the step. */
    private static final class Conversation {
        private final NetSocket socket;
        private final String serial;
        private final Step step;
        private final Deed deed;
        private Buffer pending = Buffer.buffer();

        Conversation(NetSocket socket, String serial, Step step, Deed deed) {
            this.socket = socket;
            this.serial = serial;
            this.step = step;
            this.deed = deed;
        }

        void begin() {
            socket.handler(bytes -> {
                pending.appendBuffer(bytes);
                for (MqttPacket packet = MqttPacket.first(pending);
                        packet != null;
                        packet = MqttPacket.first(pending)) {
                    pending = pending.getBuffer(packet.encodedLength(), pending.length());
                    onPacket(packet);
                }
            });
        }

        private void onPacket(MqttPacket packet) {
            switch (packet.type()) {
                case MqttPacket.CONNECT -> respond(Step.LOGIN, packet, ACCEPTED);
                case MqttPacket.SUBSCRIBE -> respond(Step.SUBSCRIPTION, packet, subscribed(packet, 0));
                case MqttPacket.PUBLISH -> {
                    if (packet.body().toString().contains("pushall")) {
                        respond(Step.STATUS, packet, report(serial, IDLE));
                        if (step == Step.REPORTS) {
                            Vertx.currentContext()
                                    .owner()
                                    .setTimer(AFTER_STATUS_MILLIS, fired -> deed.accept(socket, packet));
                        }
                    }
                }
                default -> {} // pings stay unanswered
            }
        }

        private void respond(Step now, MqttPacket packet, Buffer right) {
            if (now == step) {
                deed.accept(socket, packet);
            } else {
                SocketFaults.write(socket, right);
            }
        }
    }

    static Buffer subscribed(MqttPacket packet, int code) {
        return MqttPacket.encode(
                0x90,
                Buffer.buffer().appendBuffer(packet.body().getBuffer(0, 2)).appendByte((byte) code));
    }

    /** To the client whose request is the packet, under its own topic. */
    static Buffer report(MqttPacket request, String payload) {
        String topic = request.body().getString(2, 2 + request.body().getUnsignedShort(0));
        return report(topic.split("/", -1)[1], payload);
    }

    private static Buffer report(String serial, String payload) {
        return MqttPacket.publish("device/" + serial + "/report", Buffer.buffer(payload));
    }

    private record Running(HostileServer server, JsonObject registration) implements Endpoint {
        @Override
        public String url() {
            return "127.0.0.1:" + server.port();
        }

        @Override
        public int openSockets() {
            return server.openSockets();
        }

        @Override
        public int requests() {
            return 0;
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
