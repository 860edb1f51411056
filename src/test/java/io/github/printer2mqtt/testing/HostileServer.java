package io.github.printer2mqtt.testing;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A TCP server on loopback with a behaviour that a test defines on the raw socket. Counts requests and open sockets.
 */
public final class HostileServer implements AutoCloseable {
    private final NetServer server;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();

    private HostileServer(NetServer server) {
        this.server = server;
    }

    /** Starts on a free port; the behaviour runs whenever bytes arrive. */
    public static HostileServer start(Vertx vertx, Consumer<NetSocket> behaviour) {
        return start(vertx, new NetServerOptions(), socket -> {}, (socket, bytes) -> behaviour.accept(socket));
    }

    /**
     * Starts on a free port.
     *
     * @param onConnect runs for every connection
     * @param onBytes runs whenever bytes arrive
     */
    public static HostileServer start(
            Vertx vertx,
            NetServerOptions options,
            Consumer<NetSocket> onConnect,
            BiConsumer<NetSocket, Buffer> onBytes) {
        HostileServer hostile = new HostileServer(vertx.createNetServer(options));
        hostile.server.connectHandler(socket -> {
            hostile.open.incrementAndGet();
            hostile.connections.incrementAndGet();
            socket.exceptionHandler(failure -> {});
            socket.closeHandler(gone -> hostile.open.decrementAndGet());
            socket.handler(bytes -> {
                hostile.requests.incrementAndGet();
                onBytes.accept(socket, bytes);
            });
            onConnect.accept(socket);
        });
        Await.done(hostile.server.listen(0, "127.0.0.1"));
        return hostile;
    }

    public int port() {
        return server.actualPort();
    }

    public int openSockets() {
        return open.get();
    }

    public int connections() {
        return connections.get();
    }

    public int requests() {
        return requests.get();
    }

    /** A behaviour: sends a complete HTTP response. */
    public static Consumer<NetSocket> answers(String head, String body) {
        return socket -> write(socket, head + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Writes without caring whether the peer is still there. */
    public static void write(NetSocket socket, String text) {
        Future<Void> written = socket.write(text);
        written.onFailure(failure -> socket.close());
    }

    @Override
    public void close() {
        Await.done(server.close());
    }
}
