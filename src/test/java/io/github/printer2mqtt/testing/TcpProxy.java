package io.github.printer2mqtt.testing;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP proxy on 127.0.0.1 that a test can interrupt and restore. */
public final class TcpProxy implements AutoCloseable {
    private final NetServer server;
    private final NetClient client;
    private final int target;
    private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<NetSocket> clients = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean cut;
    private volatile boolean stranded;
    private volatile boolean hung;

    /** To be closed when bytes are passed on again. */
    private final Set<NetSocket> closedLater = ConcurrentHashMap.newKeySet();

    private TcpProxy(Vertx vertx, int target) {
        this.server = vertx.createNetServer();
        this.client = vertx.createNetClient();
        this.target = target;
    }

    /** Listens on a free port and forwards to another one. */
    public static TcpProxy to(Vertx vertx, int target) {
        TcpProxy relay = new TcpProxy(vertx, target);
        relay.server.connectHandler(relay::join);
        Await.done(relay.server.listen(0, "127.0.0.1"));
        return relay;
    }

    private void join(NetSocket near) {
        connections.incrementAndGet();
        if (cut) {
            near.close();
            return;
        }
        near.pause();
        keep(near);
        if (hung) {
            closedLater.add(near);
            return;
        }
        client.connect(target, "127.0.0.1")
                .onSuccess(far -> {
                    keep(far);
                    clients.add(near);
                    near.closeHandler(gone -> {
                        clients.remove(near);
                        if (!stranded) {
                            close(far);
                        }
                    });
                    far.closeHandler(gone -> close(near));
                    far.handler(bytes -> near.write(bytes));
                    near.handler(bytes -> far.write(bytes));
                    if (hung) {
                        far.pause();
                    } else {
                        near.resume();
                    }
                    if (cut) {
                        near.close();
                    }
                })
                .onFailure(failure -> near.close());
    }

    private void close(NetSocket socket) {
        if (hung) {
            closedLater.add(socket);
        } else {
            socket.close();
        }
    }

    private void keep(NetSocket socket) {
        sockets.add(socket);
        socket.exceptionHandler(failure -> {});
    }

    public int port() {
        return server.actualPort();
    }

    /** The number of connections, forwarded or not. */
    public int connections() {
        return connections.get();
    }

    /** Closes all connections, and new ones at once. */
    public void cut() {
        cut = true;
        sockets.forEach(NetSocket::close);
        sockets.clear();
    }

    /** Injects bytes to every client, which corrupts a TLS connection. */
    public void inject(String bytes) {
        clients.forEach(client -> client.write(bytes));
    }

    /** Closes the connections of the clients alone; the server keeps its ends, as after a failure of the network. */
    public void strand() {
        stranded = true;
        clients.forEach(NetSocket::close);
    }

    /**
     * Passes on nothing in either direction, neither bytes nor the end of a connection, as a network that is cut. What was sent
     * meanwhile is passed on after {@link #restore}; connections made meanwhile are closed then.
     */
    public void hang() {
        hung = true;
        sockets.forEach(NetSocket::pause);
    }

    public void restore() {
        cut = false;
        if (hung) {
            hung = false;
            closedLater.forEach(NetSocket::close);
            closedLater.clear();
            sockets.forEach(NetSocket::resume);
        }
    }

    @Override
    public void close() {
        Await.done(server.close());
        Await.done(client.close());
    }
}
