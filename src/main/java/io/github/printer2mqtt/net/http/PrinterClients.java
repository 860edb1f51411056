package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.net.ReceivedMessages;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.ext.web.client.WebClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The web clients that all printers share: one for each connect limit in use, which Vert.x 5.0 configures per client. In
 * most installations all polls use one. Safe for every thread.
 */
final class PrinterClients {
    private static final List<Duration> CONNECT_LIMITS =
            Stream.of(1, 2, 5, 10, 20, 60).map(Duration::ofSeconds).toList();

    private final Vertx vertx;
    private final Context context;
    private final ConnectionBudget budget;
    private final @Nullable String printerCa;
    private final String userAgent;
    private final Ownership ownership;
    private final NetClient lines;
    private final ReceivedMessages received = new ReceivedMessages();
    private final Map<Duration, Future<Client>> clients = new ConcurrentHashMap<>();

    /** Of printers with an MQTT connection. */
    private final Set<String> serials = ConcurrentHashMap.newKeySet();

    /** A web client and the HTTP client below it. */
    record Client(WebClient web, HttpClientAgent http) {}

    private PrinterClients(
            Vertx vertx,
            Context context,
            ConnectionBudget budget,
            @Nullable String printerCa,
            String userAgent,
            Ownership ownership) {
        this.printerCa = printerCa;
        this.userAgent = userAgent;
        this.ownership = ownership;
        this.vertx = vertx;
        this.context = context;
        this.budget = budget;
        this.lines = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
    }

    /** Must not be called on the context of a verticle, which would close the clients when it is undeployed. */
    static PrinterClients create(
            Vertx vertx, ConnectionBudget budget, @Nullable String printerCa, String userAgent, Ownership ownership) {
        return new PrinterClients(vertx, vertx.getOrCreateContext(), budget, printerCa, userAgent, ownership);
    }

    /** A file with further authorities for printers that have one of their own; null for none. */
    @Nullable String printerCa() {
        return printerCa;
    }

    /** Of every request. PrusaLink on a Raspberry Pi binds its nonces to it, so it must not change while the bridge runs. */
    String userAgent() {
        return userAgent;
    }

    /** Of the printers; asked before each request is written, because connecting and earlier requests take time. */
    Ownership ownership() {
        return ownership;
    }

    /**
     * Claims the only connection to the printer of a serial number; false if another registration has it.
     */
    boolean claim(String serial) {
        return serials.add(serial);
    }

    void release(String serial) {
        serials.remove(serial);
    }

    /** The caller acquires a permit before it connects. */
    ConnectionBudget budget() {
        return budget;
    }

    /** For connections that carry lines of text; each has its own connect limit. */
    NetClient lines() {
        return lines;
    }

    /** Counts what arrives over web sockets and as lines. */
    ReceivedMessages received() {
        return received;
    }

    /**
     * The client whose connects end soon after the limit of an exchange. May complete on another event loop the first time.
     */
    Future<Client> client(Duration limit) {
        return clients.computeIfAbsent(connectLimit(limit), this::create);
    }

    private static Duration connectLimit(Duration limit) {
        for (Duration candidate : CONNECT_LIMITS) {
            if (candidate.compareTo(limit) >= 0) {
                return candidate;
            }
        }
        return CONNECT_LIMITS.get(CONNECT_LIMITS.size() - 1);
    }

    private Future<Client> create(Duration connectLimit) {
        Promise<Client> created = Promise.promise();
        context.runOnContext(now -> created.complete(build(connectLimit)));
        return created.future();
    }

    private Client build(Duration connectLimit) {
        HttpClientAgent http = vertx.httpClientBuilder()
                .with(options((int) connectLimit.toMillis()))
                .with(new PoolOptions().setCleanerPeriod(0)) // nothing is pooled
                .build();
        return new Client(RoutedHttpClient.web(http), http);
    }

    private static HttpClientOptions options(int connectMillis) {
        return new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setConnectTimeout(connectMillis)
                .setSslHandshakeTimeout(connectMillis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setTcpNoDelay(true)
                .setKeepAlive(true)
                .setDecompressionSupported(false)
                .setMaxInitialLineLength(4096)
                .setMaxHeaderSize(8192);
    }
}
