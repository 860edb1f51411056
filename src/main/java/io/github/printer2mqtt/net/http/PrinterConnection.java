package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterAddress;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * At most one connection to one printer and the exchange that runs over it. Belongs to one event loop.
 *
 * <p>The connection is kept outside any pool, so that it is known and can be closed. A connect that outlives its exchange
 * is joined by the next one: there is never a second socket.
 *
 * <p>A request that changes something never goes over a connection that has carried an answer: where such a connection
 * turns out to be closed, nobody knows whether the request arrived. HTTP/1.0 servers close after each answer without
 * saying so in a header, and Vert.x 5.0 does not tell their version.
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
    private boolean hasPlace;

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
     * Runs one exchange; the caller never has two on one line.
     *
     * @param order the addresses to try, the first one first
     */
    <T> Future<T> run(List<InetAddress> order, Duration limit, Function<Exchange, Future<T>> body) {
        BoundedExchange<T> exchange = new BoundedExchange<>(context, this, addresses, order, limit);
        running = exchange;
        return exchange.run(timers, body);
    }

    /** Forgets an exchange: thousands of lines would keep their last answer. */
    void onFinished(BoundedExchange<?> exchange) {
        if (exchange.equals(running)) {
            running = null;
        }
        if (clients.budget().isScarce()) {
            closeKept();
        }
    }

    /** In front of each path. */
    String pathPrefix() {
        return address.path();
    }

    void close() {
        if (running != null) {
            running.abort();
        }
        closeKept();
    }

    /** The kept connection where it will do, or a new one. */
    Future<OpenConnection> connection(InetAddress ip, Duration limit, PrinterRequest.Purpose purpose) {
        OpenConnection open = kept;
        if (open != null && !open.isClosed() && open.address().equals(ip) && mayCarry(open, purpose)) {
            return Future.succeededFuture(open);
        }
        closeKept();
        Future<OpenConnection> underWay = connecting;
        if (underWay != null) {
            return underWay;
        }
        if (!takePlace()) {
            return Future.failedFuture(new PrinterException(
                    FailureReason.UNREACHABLE, "the bridge may open no more files: raise its limit (ulimit -n)"));
        }
        Future<OpenConnection> attempt = clients.connect(address, ip, tls, limit)
                .map(http -> OpenConnection.of(http, ip, this::onClosed))
                .andThen((opened, failure) -> {
                    connecting = null;
                    if (opened != null) {
                        onConnect(opened);
                    }
                    givePlaceBack();
                });
        connecting = attempt.isComplete() ? null : attempt;
        return attempt;
    }

    /** One place serves a connect and the connection that comes of it. */
    private boolean takePlace() {
        hasPlace = hasPlace || clients.budget().take();
        return hasPlace;
    }

    private void givePlaceBack() {
        if (hasPlace && kept == null && connecting == null) {
            hasPlace = false;
            clients.budget().giveBack();
        }
    }

    private static boolean mayCarry(OpenConnection open, PrinterRequest.Purpose purpose) {
        return purpose == PrinterRequest.Purpose.READ || !open.isUsed();
    }

    private void onConnect(OpenConnection opened) {
        if (running == null || running.isOver()) {
            opened.close(); // it came after the deadline of the exchange that asked for it
        } else {
            kept = opened;
        }
    }

    private void onClosed(OpenConnection gone) {
        if (gone.equals(kept)) {
            kept = null;
            givePlaceBack();
        }
    }

    private void closeKept() {
        OpenConnection open = kept;
        kept = null;
        if (open != null) {
            open.close();
            givePlaceBack();
        }
    }
}
