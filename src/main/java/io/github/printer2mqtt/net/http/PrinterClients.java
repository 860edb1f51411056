package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.model.PrinterAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to printers outside any pool; the caller owns them. All printers share a few HTTP clients that differ
 * in their connect timeout, which Vert.x 5.0 configures per client. Safe for every thread; a connection belongs to the
 * event loop on which it was requested.
 */
final class PrinterClients {
    private static final List<Duration> CONNECT_LIMITS = Stream.of(
                    250, 500, 1000, 2000, 4000, 8000, 15_000, 30_000, 60_000)
            .map(Duration::ofMillis)
            .toList();

    private final List<HttpClientAgent> clients;
    private final ConnectionBudget budget;

    private PrinterClients(List<HttpClientAgent> clients, ConnectionBudget budget) {
        this.clients = clients;
        this.budget = budget;
    }

    /** Must not be called on the context of a verticle, which would close the clients when it is undeployed. */
    static PrinterClients create(Vertx vertx, ConnectionBudget budget) {
        List<HttpClientAgent> clients = new ArrayList<>();
        for (Duration limit : CONNECT_LIMITS) {
            clients.add(vertx.httpClientBuilder()
                    .with(options(limit))
                    .with(new PoolOptions().setCleanerPeriod(0))
                    .build());
        }
        return new PrinterClients(List.copyOf(clients), budget);
    }

    private static HttpClientOptions options(Duration limit) {
        int millis = (int) limit.toMillis();
        return new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setConnectTimeout(millis)
                .setSslHandshakeTimeout(millis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setTcpNoDelay(true)
                .setKeepAlive(true)
                .setDecompressionSupported(false)
                .setMaxInitialLineLength(4096)
                .setMaxHeaderSize(8192);
    }

    /** The caller acquires a permit before it connects. */
    ConnectionBudget budget() {
        return budget;
    }

    /**
     * Opens a connection.
     *
     * @param tls null for plain HTTP
     * @param limit of the exchange; the attempt ends soon after it
     */
    Future<HttpClientConnection> connect(
            PrinterAddress address, InetAddress ip, @Nullable ClientSSLOptions tls, Duration limit) {
        HttpConnectOptions options = new HttpConnectOptions()
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(ip, address.port())))
                .setHost(address.host())
                .setPort(address.port())
                .setSsl(tls != null);
        if (tls != null) {
            options.setSslOptions(tls);
        }
        return client(limit).connect(options);
    }

    private HttpClientAgent client(Duration limit) {
        for (int i = 0; i < CONNECT_LIMITS.size(); i++) {
            if (CONNECT_LIMITS.get(i).compareTo(limit) >= 0) {
                return clients.get(i);
            }
        }
        return clients.get(clients.size() - 1);
    }
}
