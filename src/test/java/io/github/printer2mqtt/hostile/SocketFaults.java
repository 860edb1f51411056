package io.github.printer2mqtt.hostile;

import io.github.printer2mqtt.hostile.HostileBehaviour.Place;
import io.github.printer2mqtt.testing.HostileServer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/** What rogues are made of: places that do something when a connection or a question comes. */
final class SocketFaults {
    /** What is done about the n-th question, counted from 1. */
    interface Deed {
        void at(NetSocket socket, String question, int n);
    }

    static final NetServerOptions PLAIN = new NetServerOptions();

    /** Closing such a socket resets the connection. */
    static final NetServerOptions ABRUPT = new NetServerOptions().setSoLinger(0);

    private SocketFaults() {}

    /** A server of which each question is the start of a deed. */
    static Function<Vertx, Place> on(Deed deed) {
        return on(PLAIN, "http", deed);
    }

    static Function<Vertx, Place> on(NetServerOptions options, String scheme, Deed deed) {
        return vertx -> {
            AtomicInteger questions = new AtomicInteger();
            HostileServer server = HostileServer.start(vertx, options, socket -> {}, (socket, bytes) -> {
                String text = bytes.toString("ISO-8859-1");
                if (text.startsWith("GET ") || text.startsWith("POST ")) {
                    deed.at(socket, text, questions.incrementAndGet());
                }
            });
            return new Listening(server, questions, scheme, new JsonObject());
        };
    }

    /** A server that does something as soon as somebody connects, and something with whatever bytes come. */
    static Function<Vertx, Place> raw(
            NetServerOptions options, String scheme, Consumer<NetSocket> onConnect, Consumer<NetSocket> onBytes) {
        return vertx -> {
            HostileServer server =
                    HostileServer.start(vertx, options, onConnect, (socket, bytes) -> onBytes.accept(socket));
            return new Listening(server, new AtomicInteger(), scheme, new JsonObject());
        };
    }

    static Function<Vertx, Place> onConnect(NetServerOptions options, Consumer<NetSocket> deed) {
        return raw(options, "http", deed, socket -> {});
    }

    /** The same place, registered with something besides. */
    static Function<Vertx, Place> registeredWith(JsonObject registration, Function<Vertx, Place> place) {
        return vertx -> {
            Listening there = (Listening) place.apply(vertx);
            return new Listening(there.server, there.questions, there.scheme, registration);
        };
    }

    /** A server that answers each question with the same bytes. */
    static Function<Vertx, Place> says(String bytes) {
        return says(Buffer.buffer(bytes));
    }

    static Function<Vertx, Place> says(Buffer bytes) {
        return on((socket, question, n) -> write(socket, bytes));
    }

    /** The same, and hangs up. */
    static Function<Vertx, Place> saysAndCloses(String bytes) {
        return on((socket, question, n) -> socket.write(bytes).onComplete(written -> socket.close()));
    }

    /** The same, and resets the connection. */
    static Function<Vertx, Place> saysAndResets(String bytes) {
        return on(ABRUPT, "http", (socket, question, n) -> socket.write(bytes).onComplete(written -> socket.close()));
    }

    /** Says something first and then a piece every 100 ms for ever. */
    static Function<Vertx, Place> drips(String first, String piece) {
        return on((socket, question, n) -> {
            write(socket, Buffer.buffer(first));
            Vertx here = Vertx.currentContext().owner();
            here.setPeriodic(100, timer -> socket.write(piece).onFailure(gone -> here.cancelTimer(timer)));
        });
    }

    /** Says something first and then pieces as fast as they go, for ever. */
    static Function<Vertx, Place> pours(String first, String piece) {
        Buffer bytes = Buffer.buffer(piece);
        return on((socket, question, n) -> {
            write(socket, Buffer.buffer(first));
            pour(socket, bytes);
        });
    }

    private static void pour(NetSocket socket, Buffer piece) {
        socket.write(piece).onSuccess(written -> pour(socket, piece));
    }

    static void write(NetSocket socket, Buffer bytes) {
        socket.write(bytes).onFailure(gone -> socket.close());
    }

    static void write(NetSocket socket, String bytes) {
        write(socket, Buffer.buffer(bytes));
    }

    private record Listening(HostileServer server, AtomicInteger questions, String scheme, JsonObject registration)
            implements Place {
        @Override
        public String url() {
            return scheme + "://127.0.0.1:" + server.port();
        }

        @Override
        public int openSockets() {
            return server.openSockets();
        }

        @Override
        public int requests() {
            return questions.get();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
