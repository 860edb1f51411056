package io.github.printer2mqtt.hostile;

import io.github.printer2mqtt.hostile.HostileBehaviour.Endpoint;
import io.github.printer2mqtt.testing.HostileServer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/** Building blocks of hostile printers: servers that react to a connection or a request. */
final class SocketFaults {
    /** Reacts to the n-th request, counted from 1. */
    interface Reaction {
        void accept(NetSocket socket, String request, int n);
    }

    static final NetServerOptions PLAIN = new NetServerOptions();

    /** Closing a socket resets the connection. */
    static final NetServerOptions RESETTING = new NetServerOptions().setSoLinger(0);

    private SocketFaults() {}

    /** A server that reacts to each request. */
    static Function<Vertx, Endpoint> on(Reaction deed) {
        return on(PLAIN, "http", deed);
    }

    static Function<Vertx, Endpoint> on(NetServerOptions options, String scheme, Reaction deed) {
        return vertx -> {
            AtomicInteger requestCount = new AtomicInteger();
            HostileServer server = HostileServer.start(vertx, options, socket -> {}, (socket, bytes) -> {
                String text = bytes.toString("ISO-8859-1");
                if (text.startsWith("GET ") || text.startsWith("POST ")) {
                    deed.accept(socket, text, requestCount.incrementAndGet());
                }
            });
            return new Running(server, requestCount, scheme, new JsonObject());
        };
    }

    /** A server that reacts to connections and to any bytes. */
    static Function<Vertx, Endpoint> raw(
            NetServerOptions options, String scheme, Consumer<NetSocket> onConnect, Consumer<NetSocket> onBytes) {
        return vertx -> {
            HostileServer server =
                    HostileServer.start(vertx, options, onConnect, (socket, bytes) -> onBytes.accept(socket));
            return new Running(server, new AtomicInteger(), scheme, new JsonObject());
        };
    }

    static Function<Vertx, Endpoint> onConnect(NetServerOptions options, Consumer<NetSocket> deed) {
        return raw(options, "http", deed, socket -> {});
    }

    /** The same server with additional fields in its registration. */
    static Function<Vertx, Endpoint> registeredWith(JsonObject registration, Function<Vertx, Endpoint> opens) {
        return vertx -> {
            Running there = (Running) opens.apply(vertx);
            return new Running(there.server, there.requestCount, there.scheme, registration);
        };
    }

    /** A server that sends the same bytes for each request. */
    static Function<Vertx, Endpoint> responds(String bytes) {
        return responds(Buffer.buffer(bytes));
    }

    static Function<Vertx, Endpoint> responds(Buffer bytes) {
        return on((socket, request, n) -> write(socket, bytes));
    }

    /** The same, and closes the connection. */
    static Function<Vertx, Endpoint> respondsAndCloses(String bytes) {
        return on((socket, request, n) -> socket.write(bytes).onComplete(written -> socket.close()));
    }

    /** The same, and resets the connection. */
    static Function<Vertx, Endpoint> respondsAndResets(String bytes) {
        return on(RESETTING, "http", (socket, request, n) -> socket.write(bytes).onComplete(written -> socket.close()));
    }

    /** Sends something first, then a piece every 100 ms. */
    static Function<Vertx, Endpoint> drips(String first, String piece) {
        return on((socket, request, n) -> drip(socket, first, piece));
    }

    static void drip(NetSocket socket, String first, String piece) {
        write(socket, Buffer.buffer(first));
        Vertx here = Vertx.currentContext().owner();
        here.setPeriodic(100, timer -> socket.write(piece).onFailure(gone -> here.cancelTimer(timer)));
    }

    /** A server of a protocol of text lines that reacts to each. */
    static Function<Vertx, Endpoint> lines(Consumer<NetSocket> deed) {
        return raw(PLAIN, "http", socket -> {}, deed);
    }

    /** Sends something first, then pieces without end. */
    static Function<Vertx, Endpoint> floods(String first, String piece) {
        Buffer bytes = Buffer.buffer(piece);
        return on((socket, request, n) -> {
            write(socket, Buffer.buffer(first));
            flood(socket, bytes);
        });
    }

    static void flood(NetSocket socket, Buffer piece) {
        socket.write(piece).onSuccess(written -> flood(socket, piece));
    }

    static void write(NetSocket socket, Buffer bytes) {
        socket.write(bytes).onFailure(gone -> socket.close());
    }

    static void write(NetSocket socket, String bytes) {
        write(socket, Buffer.buffer(bytes));
    }

    private record Running(HostileServer server, AtomicInteger requestCount, String scheme, JsonObject registration)
            implements Endpoint {
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
            return requestCount.get();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
