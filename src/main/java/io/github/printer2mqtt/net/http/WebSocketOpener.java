package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.net.Deadline;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.net.websocket.BoundedWebSocket;
import io.github.printer2mqtt.net.websocket.WebSocketHandshake;
import io.github.printer2mqtt.net.websocket.WebSocketUnavailableException;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Opens one web socket: connect, TLS and the opening handshake under one deadline that closes the connection. A connect that
 * outlives its deadline is used by the next attempt: there is never a second socket. Belongs to one event loop.
 *
 * <p>Uses an HTTP connection and not the web socket client of Vert.x, which collects the body of a refusal without a limit
 * and connects to names only (docs/decisions/060-web-sockets-over-the-http-client.md).
 */
final class WebSocketOpener {
    private final PrinterClients clients;
    private final LoopTimers timers;
    private final PrinterAddresses addresses;
    private final PrinterAddress address;
    private final @Nullable ClientSSLOptions tls;
    private final BoundedWebSocket.Listener listener;
    private final RetryAfterGate retryAfterGate;
    private final Promise<BoundedWebSocket> result = Promise.promise();
    private final InterimResponses interimResponses = new InterimResponses(this::fail);
    private final String key = WebSocketHandshake.newKey();
    private @Nullable Deadline deadline;
    private @Nullable HttpConnection connection;
    private @Nullable BoundedWebSocket webSocket;
    private Delivery delivery = Delivery.NOT_SENT;
    private boolean over;
    private boolean connecting;
    private @Nullable RequestOptions handshake;

    /** The earlier attempt whose connect this one waits for; null if it connects itself. */
    private @Nullable WebSocketOpener waitsFor;

    /** The newest attempt that waits for this one's connect; null if none does. */
    private @Nullable WebSocketOpener successor;

    WebSocketOpener(
            PrinterClients clients,
            LoopTimers timers,
            PrinterAddresses addresses,
            PrinterAddress address,
            @Nullable String fingerprint,
            BoundedWebSocket.Listener listener,
            RetryAfterGate retryAfterGate) {
        this.clients = clients;
        this.timers = timers;
        this.addresses = addresses;
        this.address = address;
        this.tls = address.isTls() ? PrinterConnection.tls(fingerprint) : null;
        this.listener = listener;
        this.retryAfterGate = retryAfterGate;
    }

    /**
     * @param order the addresses in the order in which they are tried
     * @param previous the attempt before this one, whose connect may still be pending; null if there is none
     */
    Future<BoundedWebSocket> open(
            HttpClientAgent client,
            List<InetAddress> order,
            String path,
            Map<String, String> headers,
            Duration limit,
            @Nullable WebSocketOpener previous) {
        if (over) {
            return result.future();
        }
        WebSocketOpener pending = previous == null ? null : previous.pending();
        if (clients.budget().isScarce()) {
            return Future.failedFuture(WebSocketUnavailableException.tooFewFiles());
        }
        if (pending == null && !clients.budget().acquire()) {
            return Future.failedFuture(ConnectionBudget.exhausted());
        }
        deadline = Deadline.start(timers, limit, () -> fail(FailureClassifier.timeout(limit)));
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setURI(address.path() + path)
                .setFollowRedirects(false)
                .putHeader("User-Agent", clients.userAgent());
        WebSocketHandshake.requestFields(key).forEach(request::putHeader);
        headers.forEach(request::putHeader);
        handshake = request;
        if (pending == null) {
            connect(client, order, 0);
        } else {
            pending.successor = this;
            waitsFor = pending;
        }
        return result.future();
    }

    /** The attempt whose connect is pending, this one or one that it waits for; null if none is. */
    private @Nullable WebSocketOpener pending() {
        return connecting ? this : waitsFor == null ? null : waitsFor.pending();
    }

    /** Ends the attempt, or closes the open web socket without notifying its listener. */
    void close() {
        if (webSocket != null) {
            webSocket.close();
        } else {
            fail(new Exchange.AbortedException(delivery));
        }
    }

    private void connect(HttpClientAgent client, List<InetAddress> order, int index) {
        connecting = true;
        InetAddress ip = order.get(index);
        client.connect(PrinterConnection.connectOptions(address, tls, ip)).onComplete((opened, failure) -> {
            if (opened == null) {
                boolean isNext = !over && index + 1 < order.size() && FailureClassifier.isConnectFailure(failure);
                if (isNext) {
                    connect(client, order, index + 1);
                    return;
                }
                connecting = false;
                clients.budget().release();
                addresses.onNoResponse(ip, order);
                newest().fail(failure);
                return;
            }
            connecting = false;
            newest().onConnected(opened, ip);
        });
    }

    private WebSocketOpener newest() {
        return successor == null ? this : successor;
    }

    private void onConnected(HttpClientConnection opened, InetAddress ip) {
        opened.exceptionHandler(broken -> {}); // the request fails too; without a handler Vert.x logs an error
        opened.closeHandler(closed -> onClosed());
        connection = opened;
        if (over || handshake == null) {
            opened.close();
            return;
        }
        opened.request(handshake).onSuccess(sent -> upgrade(sent, ip)).onFailure(this::fail);
    }

    private void onClosed() {
        clients.budget().release();
        // The next attempt knows this one, which may be many minutes later; a connection keeps some 10 KB.
        connection = null;
        BoundedWebSocket closed = webSocket;
        webSocket = null;
        if (closed != null) {
            closed.onConnectionClosed();
        } else {
            fail(new PrinterException(
                    FailureReason.UNREADABLE, "closed the connection before its answer was complete"));
        }
    }

    private void upgrade(HttpClientRequest request, InetAddress ip) {
        request.exceptionHandler(failure -> {}); // the response future fails too
        if (!clients.ownership().isHeld()) {
            close();
            return;
        }
        interimResponses.countFor(request);
        delivery = Delivery.POSSIBLE;
        request.connect()
                .onSuccess(response -> {
                    addresses.onResponse(ip);
                    onResponse(response);
                })
                .onFailure(cause -> fail(FailureClassifier.ofResponse(cause)));
    }

    private void onResponse(HttpClientResponse response) {
        if (over) {
            return;
        }
        response.exceptionHandler(failure -> {});
        if (response.statusCode() != 101) {
            retryAfterGate.remember(new PrinterResponse(response.statusCode(), response.headers(), Buffer.buffer()));
            fail(WebSocketUnavailableException.refused(response.statusCode()));
            return;
        }
        if (!WebSocketHandshake.confirms(response.headers(), key)) {
            fail(new PrinterException(FailureReason.UNREADABLE, "the answer does not confirm the web socket"));
            return;
        }
        stop();
        HttpConnection used = response.request().connection();
        BoundedWebSocket open =
                BoundedWebSocket.open(response.netSocket(), used::close, timers, clients.received(), listener);
        webSocket = open;
        result.tryComplete(open);
    }

    private void fail(Throwable why) {
        if (over) {
            return;
        }
        stop();
        if (connection != null) {
            connection.close();
        }
        result.tryFail(FailureClassifier.of(why, delivery));
    }

    private void stop() {
        over = true;
        handshake = null; // the next attempt keeps this one
        if (deadline != null) {
            deadline.cancel();
        }
    }
}
