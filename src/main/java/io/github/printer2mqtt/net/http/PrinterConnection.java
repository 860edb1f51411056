package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterAddress;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import io.vertx.ext.web.client.WebClient;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * At most one connection to one printer and the exchange that runs over it. Belongs to one event loop.
 *
 * <p>A connect that outlives its exchange is used by the next one: there is never a second socket.
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
    private @Nullable SocketAddress server;
    private @Nullable InetAddress serverIp;
    private @Nullable OpenConnection kept;
    private int waiting; // requests that wait for a connection
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

    private static ClientSSLOptions tls(@Nullable String fingerprint) {
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
        BoundedExchange<T> exchange = new BoundedExchange<>(context, web, this, addresses, order, limit);
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

    /**
     * Obtains a request on the open connection if that is usable, otherwise on a new one. Fails if no connection opens; it
     * may do so after the end of the exchange.
     *
     * @param pooled whose pool for this printer has one connection
     */
    Future<HttpClientRequest> request(
            HttpClient pooled, RequestOptions options, InetAddress ip, PrinterRequest.Purpose purpose) {
        OpenConnection open = kept;
        if (open != null && !(open.address().equals(ip) && isUsableFor(open, purpose))) {
            closeKept();
        }
        if (!acquirePermit()) {
            return Future.failedFuture(new PrinterException(
                    FailureReason.UNREACHABLE, "the bridge has reached its limit of open files: raise it (ulimit -n)"));
        }
        waiting++;
        options.setServer(server(ip));
        if (tls != null) {
            options.setSslOptions(tls);
        }
        return pooled.request(options).andThen((request, failure) -> {
            waiting--;
            if (request != null) {
                keep(request.connection(), ip);
            }
            releasePermit();
        });
    }

    /** The connection of the request that was obtained last; null if it is closed. */
    @Nullable OpenConnection open() {
        return kept;
    }

    private SocketAddress server(InetAddress ip) {
        SocketAddress current = server;
        if (current == null || !ip.equals(serverIp)) {
            current = clients.newServer(ip, address.port());
            server = current;
            serverIp = ip;
        }
        return current;
    }

    private void keep(HttpConnection http, InetAddress ip) {
        if (kept == null || !kept.isOn(http)) {
            kept = OpenConnection.of(http, ip, this::onClosed);
        }
        if (running == null || running.isOver()) {
            closeKept(); // opened after the deadline of its exchange
        }
    }

    /** One permit covers a connect and the connection that results from it. */
    private boolean acquirePermit() {
        hasPermit = hasPermit || clients.budget().acquire();
        return hasPermit;
    }

    private void releasePermit() {
        if (hasPermit && kept == null && waiting == 0) {
            hasPermit = false;
            clients.budget().release();
        }
    }

    private static boolean isUsableFor(OpenConnection open, PrinterRequest.Purpose purpose) {
        return purpose == PrinterRequest.Purpose.READ || !open.isUsed();
    }

    private void onClosed(OpenConnection closed) {
        if (closed.equals(kept)) {
            kept = null;
            releasePermit();
        }
    }

    /** Closes a connection, which may be one that was kept before. */
    void close(OpenConnection open) {
        if (open.equals(kept)) {
            closeKept();
        } else {
            open.close();
        }
    }

    private void closeKept() {
        OpenConnection open = kept;
        kept = null;
        if (open != null) {
            server = null;
            open.close();
            releasePermit();
        }
    }
}
