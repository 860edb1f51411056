package io.github.printer2mqtt.simulator.server;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One simulated printer at one address: answers with the voice of its face and the manners of its {@link Behaviour}, and
 * counts what it is asked. Safe for every thread.
 */
public final class PrinterServer {
    private static final int LOG_LENGTH = 32;

    private final Vertx vertx;
    private final ProtocolSimulator face;
    private final String host;
    private final Listening listening;
    private final Set<SimulatorConnection> conversations = ConcurrentHashMap.newKeySet();
    private final LongAdder requests = new LongAdder();
    private final LongAdder connections = new LongAdder();
    private final ArrayDeque<SimulatedRequest> recent = new ArrayDeque<>(2);
    private volatile Behaviour behaviour = Behaviour.healthy();
    private volatile int port;
    private volatile boolean shut;

    private @Nullable NetServer listener;
    private Future<Void> doorMoves = Future.succeededFuture();

    /** Who listens at the address. */
    private enum Listening {
        ITSELF,
        /** Another one does and hands the connections over. */
        BEHIND
    }

    private PrinterServer(Vertx vertx, ProtocolSimulator face, String host, int port, Listening listening) {
        this.vertx = vertx;
        this.face = face;
        this.host = host;
        this.port = port;
        this.listening = listening;
    }

    /** Listens at any free port of 127.0.0.1. */
    public static Future<PrinterServer> start(Vertx vertx, ProtocolSimulator face) {
        return start(vertx, face, "127.0.0.1", 0);
    }

    /**
     * Listens at an address. Fails if it is taken.
     *
     * @param port 0 for any free one
     */
    public static Future<PrinterServer> start(Vertx vertx, ProtocolSimulator face, String host, int port) {
        PrinterServer server = new PrinterServer(vertx, face, host, port, Listening.ITSELF);
        return server.moveDoor(true).map(server);
    }

    /**
     * A server at an address where another one listens and hands its connections over. Told to refuse, it resets what
     * was accepted for it.
     */
    public static PrinterServer behind(Vertx vertx, ProtocolSimulator face, String host, int port) {
        return new PrinterServer(vertx, face, host, port, Listening.BEHIND);
    }

    public ProtocolSimulator face() {
        return face;
    }

    public SimulatedPrinter printer() {
        return face.printer();
    }

    public int port() {
        return port;
    }

    /** The address as a registration has it. */
    public String url() {
        return "http://" + host + ':' + port;
    }

    public Behaviour behaviour() {
        return behaviour;
    }

    /**
     * Behaves otherwise from the next request on. {@link Behaviour#refusing()} closes the port and all connections; any
     * other behaviour opens the same port again. The future completes when that has happened.
     */
    public Future<Void> behave(Behaviour next) {
        behaviour = next;
        return moveDoor(next.listens());
    }

    /** Closes all open connections and goes on listening, as a server that restarts. */
    public void dropConnections() {
        conversations.forEach(SimulatorConnection::close);
    }

    /** Requests since the start. */
    public long requests() {
        return requests.sum();
    }

    /** Connections since the start, whether a request came or not. */
    public long connections() {
        return connections.sum();
    }

    /** Connections open now. */
    public int openConnections() {
        return conversations.size();
    }

    /** The newest request; null before the first. */
    public @Nullable SimulatedRequest lastRequest() {
        synchronized (recent) {
            return recent.peekLast();
        }
    }

    /** The newest requests, at most 32, oldest first. */
    public List<SimulatedRequest> recentRequests() {
        synchronized (recent) {
            return List.copyOf(recent);
        }
    }

    /** Frees the port for good and closes all connections. May be called more than once. */
    public Future<Void> close() {
        shut = true;
        return moveDoor(false);
    }

    public void accept(NetSocket socket) {
        SimulatorConnection conversation = new SimulatorConnection(vertx, socket, this);
        connections.increment();
        conversations.add(conversation);
        conversation.begin();
        if (shut || !behaviour.listens()) {
            conversation.reset();
        }
    }

    void left(SimulatorConnection conversation) {
        conversations.remove(conversation);
    }

    void note(SimulatedRequest request) {
        requests.increment();
        synchronized (recent) {
            if (recent.size() >= LOG_LENGTH) {
                recent.removeFirst();
            }
            recent.addLast(request);
        }
    }

    /** Opens or closes one after the other, in the order they were asked for. */
    private synchronized Future<Void> moveDoor(boolean open) {
        doorMoves = doorMoves.otherwiseEmpty().compose(done -> open && !shut ? open() : shut());
        return doorMoves;
    }

    private synchronized Future<Void> open() {
        if (listener != null || listening == Listening.BEHIND) {
            return Future.succeededFuture();
        }
        NetServer fresh = vertx.createNetServer(
                new NetServerOptions().setHost(host).setPort(port).setTcpNoDelay(true));
        return fresh.connectHandler(this::accept).listen().map(ready -> {
            opened(ready);
            return null;
        });
    }

    private synchronized void opened(NetServer ready) {
        listener = ready;
        port = ready.actualPort();
    }

    private synchronized Future<Void> shut() {
        NetServer open = listener;
        listener = null;
        Future<Void> closed = open == null ? Future.succeededFuture() : ListeningSockets.close(vertx, open, host);
        dropConnections();
        return closed;
    }
}
