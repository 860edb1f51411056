package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.net.tls.PinnedTrustManager;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import io.vertx.ext.web.client.WebClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * At most one connection to one printer and the exchange that runs over it. Belongs to one event loop.
 *
 * <p>The connection is outside any pool, so that it can be closed. A connect that outlives its exchange is used by the next
 * one: there is never a second socket.
 *
 * <p>A request that changes something is never sent on a connection that has carried a response: if that connection turns
 * out to be closed, it is unknown whether the request arrived. HTTP/1.0 servers close after each response without a header
 * that says so, and Vert.x 5.0 does not expose their version.
 */
final class PrinterConnection {
    private final Context context;
    private final PrinterClients clients;
    private final LoopTimers timers;
    private final PrinterAddresses addresses;
    private final PrinterAddress address;
    private final @Nullable ClientSSLOptions tls;
    private @Nullable Future<OpenConnection> connecting;
    private @Nullable OpenConnection kept;
    private @Nullable BoundedExchange<?> running;
    private boolean hasPermit;

    PrinterConnection(
            Context context,
            PrinterClients clients,
            LoopTimers timers,
            PrinterAddresses addresses,
            PrinterAddress address,
            @Nullable String fingerprint) {
        this.context = context;
        this.clients = clients;
        this.timers = timers;
        this.addresses = addresses;
        this.address = address;
        this.tls = address.isTls() ? tls(fingerprint) : null;
    }

    static ClientSSLOptions tls(@Nullable String fingerprint) {
        return fingerprint == null
                ? new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS")
                : new ClientSSLOptions()
                        .setHostnameVerificationAlgorithm("")
                        .setTrustOptions(TrustOptions.wrap(PinnedTrustManager.of(fingerprint)));
    }

    /**
     * Runs one exchange; the caller never runs two at a time.
     *
     * @param order the addresses in the order in which they are tried
     */
    <T> Future<T> run(WebClient web, List<InetAddress> order, Duration limit, Function<Exchange, Future<T>> body) {
        BoundedExchange<T> exchange = new BoundedExchange<>(context, web, clients, this, addresses, order, limit);
        running = exchange;
        return exchange.run(timers, body);
    }

    /** Releases an exchange: thousands of connections would keep their last response in memory. */
    void onFinished(BoundedExchange<?> exchange) {
        if (exchange.equals(running)) {
            running = null;
        }
        if (clients.budget().isScarce()) {
            closeKept();
        }
    }

    /** Of the printer; its path is put in front of the path of each request. */
    PrinterAddress address() {
        return address;
    }

    void close() {
        if (running != null) {
            running.abort();
        }
        closeKept();
    }

    /** The open connection if it is usable, otherwise a new one of a client. */
    Future<OpenConnection> connection(HttpClientAgent client, InetAddress ip, PrinterRequest.Purpose purpose) {
        OpenConnection open = kept;
        if (open != null && !open.isClosed() && open.address().equals(ip) && isUsableFor(open, purpose)) {
            return Future.succeededFuture(open);
        }
        closeKept();
        Future<OpenConnection> pending = connecting;
        if (pending != null) {
            return pending;
        }
        if (!acquirePermit()) {
            return Future.failedFuture(ConnectionBudget.exhausted());
        }
        Future<OpenConnection> attempt = client.connect(connectOptions(address, tls, ip))
                .map(http -> OpenConnection.of(http, ip, this::onClosed))
                .andThen((opened, failure) -> {
                    connecting = null;
                    if (opened != null) {
                        onConnect(opened);
                    }
                    releasePermit();
                });
        connecting = attempt.isComplete() ? null : attempt;
        return attempt;
    }

    /** @param tls null for a connection without it */
    static HttpConnectOptions connectOptions(PrinterAddress address, @Nullable ClientSSLOptions tls, InetAddress ip) {
        HttpConnectOptions options = new HttpConnectOptions()
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(ip, address.port())))
                .setHost(address.host())
                .setPort(address.port())
                .setSsl(tls != null);
        if (tls != null) {
            options.setSslOptions(tls);
        }
        return options;
    }

    /** One permit covers a connect and the connection that results from it. */
    private boolean acquirePermit() {
        hasPermit = hasPermit || clients.budget().acquire();
        return hasPermit;
    }

    private void releasePermit() {
        if (hasPermit && kept == null && connecting == null) {
            hasPermit = false;
            clients.budget().release();
        }
    }

    private static boolean isUsableFor(OpenConnection open, PrinterRequest.Purpose purpose) {
        return purpose == PrinterRequest.Purpose.READ || !open.isUsed();
    }

    private void onConnect(OpenConnection opened) {
        if (running == null || running.isOver()) {
            opened.close(); // opened after the deadline of its exchange
        } else {
            kept = opened;
        }
    }

    private void onClosed(OpenConnection closed) {
        if (closed.equals(kept)) {
            kept = null;
            releasePermit();
        }
    }

    private void closeKept() {
        OpenConnection open = kept;
        kept = null;
        if (open != null) {
            open.close();
            releasePermit();
        }
    }
}
