package io.github.printer2mqtt.simulator.server;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.tls.SimulatedCertificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One simulated printer at one address: responds with its {@link PrinterSimulator} as its {@link Behaviour} demands, and
 * counts requests and bytes. Thread-safe.
 */
public final class PrinterServer {
    private static final String HOST = "127.0.0.1";

    /** What X1C and H2D accept; they refuse 1.3 as well. */
    private static final Set<String> TLS_VERSIONS = Set.of("TLSv1.2");

    private static final Duration TICK = Duration.ofMillis(250);

    private final Vertx vertx;
    private final PrinterSimulator simulator;
    private final Duration tick;
    private final Set<SimulatorConnection> openConnections = ConcurrentHashMap.newKeySet();
    private final LongAdder requests = new LongAdder();
    private final LongAdder connections = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private volatile Behaviour behaviour = Behaviour.healthy();
    /** 0 before the first start. */
    private volatile int port;

    private volatile boolean closed;

    private @Nullable NetServer listener;
    private Future<Void> listeningChanges = Future.succeededFuture();

    private PrinterServer(Vertx vertx, PrinterSimulator simulator, Duration tick) {
        this.vertx = vertx;
        this.simulator = simulator;
        this.tick = tick;
    }

    /** Listens at a free port of 127.0.0.1. */
    public static Future<PrinterServer> start(Vertx vertx, PrinterSimulator simulator) {
        return start(vertx, simulator, TICK);
    }

    /**
     * As {@link #start(Vertx, PrinterSimulator)}, but a printer that pushes does so more or less often than a real one.
     *
     * @param tick the time between two looks for what to push
     */
    public static Future<PrinterServer> start(Vertx vertx, PrinterSimulator simulator, Duration tick) {
        PrinterServer server = new PrinterServer(vertx, simulator, tick);
        return server.setListening(true).map(server);
    }

    public PrinterSimulator simulator() {
        return simulator;
    }

    public SimulatedPrinter printer() {
        return simulator.printer();
    }

    public int port() {
        return port;
    }

    /** The address for a registration: a URL, or host and port of a broker. */
    public String url() {
        return (simulator instanceof MqttSimulator ? "" : "http://") + HOST + ':' + port;
    }

    Duration tick() {
        return tick;
    }

    Behaviour behaviour() {
        return behaviour;
    }

    /**
     * Changes the behaviour from the next request on. {@link Behaviour#refusing()} closes the port and all connections, any
     * other behaviour opens the same port again; completes when that is done.
     */
    public Future<Void> behave(Behaviour next) {
        behaviour = next;
        return setListening(next.listens());
    }

    /** Closes all connections; the port stays open. */
    public void closeConnections() {
        openConnections.forEach(SimulatorConnection::close);
    }

    /** Requests since the start. */
    public long requests() {
        return requests.sum();
    }

    /** Connections since the start, with or without a request. */
    public long connections() {
        return connections.sum();
    }

    /** Bytes received and sent since the start, without those of TCP and IP. */
    public long bytes() {
        return bytes.sum();
    }

    /** Connections open now. */
    public int openConnections() {
        return openConnections.size();
    }

    /** Frees the port for good and closes all connections; idempotent. */
    public Future<Void> close() {
        closed = true;
        return setListening(false);
    }

    private void accept(NetSocket socket) {
        SimulatorConnection connection = new SimulatorConnection(vertx, socket, this);
        connections.increment();
        openConnections.add(connection);
        connection.start();
        if (closed || !behaviour.listens()) {
            connection.reset();
        }
    }

    void onClosed(SimulatorConnection connection) {
        openConnections.remove(connection);
    }

    void onBytes(int count) {
        bytes.add(count);
    }

    void onRequest() {
        requests.increment();
    }

    /** Opens and closes one after the other, in the order of the calls. */
    private synchronized Future<Void> setListening(boolean open) {
        listeningChanges =
                listeningChanges.otherwiseEmpty().compose(done -> open && !closed ? startListening() : stopListening());
        return listeningChanges;
    }

    private synchronized Future<Void> startListening() {
        if (listener != null) {
            return Future.succeededFuture();
        }
        NetServer fresh = vertx.createNetServer(options());
        return fresh.connectHandler(this::accept).listen().map(ready -> {
            onListening(ready);
            return null;
        });
    }

    private NetServerOptions options() {
        NetServerOptions options =
                new NetServerOptions().setHost(HOST).setPort(port).setTcpNoDelay(true);
        SimulatedCertificate certificate = simulator.certificate();
        return certificate == null
                ? options
                : options.setSsl(true)
                        .setKeyCertOptions(certificate.serverOptions())
                        .setEnabledSecureTransportProtocols(TLS_VERSIONS);
    }

    private synchronized void onListening(NetServer ready) {
        listener = ready;
        port = ready.actualPort();
    }

    private synchronized Future<Void> stopListening() {
        NetServer open = listener;
        listener = null;
        Future<Void> stopped = open == null ? Future.succeededFuture() : ListeningSockets.close(vertx, open, HOST);
        closeConnections();
        return stopped;
    }
}
