package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.net.Deadline;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.net.line.LineExchange;
import io.github.printer2mqtt.net.mqtt.PrinterMqttConnection;
import io.github.printer2mqtt.net.tls.PrinterTrust;
import io.github.printer2mqtt.net.websocket.BoundedWebSocket;
import io.github.printer2mqtt.net.websocket.WebSocketUnavailableException;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one {@link PrinterConnection} or web socket for readings and opens a connection for each command. Belongs to one event loop.
 *
 * <p>The timeout of Vert.x's HTTP client is an idle timer, which a printer that sends a byte now and then resets forever.
 * So each exchange has a {@link Deadline} that fails it and closes the connection.
 */
final class DefaultPrinterHttp implements PrinterHttp {
    private final Context context;
    private final PrinterAddresses addresses;
    private final PrinterClients clients;
    private final LoopTimers timers;
    private final PrinterAddress address;
    private final @Nullable String fingerprint;
    private final RetryAfterGate retryAfterGate;
    private final LineConnections lines;
    private final Set<PrinterConnection> commandConnections = new HashSet<>();
    private @Nullable PrinterConnection pollConnection;
    private @Nullable WebSocketOpener webSocket;
    private @Nullable MqttOpener mqtt;
    private boolean closed;

    DefaultPrinterHttp(
            Context context,
            PrinterAddresses addresses,
            PrinterClients clients,
            LoopTimers timers,
            PrinterAddress address,
            @Nullable String fingerprint,
            LongSupplier monotonicNanos) {
        this.context = context;
        this.addresses = addresses;
        this.clients = clients;
        this.timers = timers;
        this.address = address;
        this.fingerprint = fingerprint;
        this.retryAfterGate = new RetryAfterGate(monotonicNanos, InstantSource.system());
        this.lines = new LineConnections(clients, timers, addresses, address);
    }

    @Override
    public <T> Future<T> within(Duration limit, Function<Exchange, Future<T>> body) {
        return onConnection(this::pollConnection, limit, exchange -> body.apply(retryAfterGate.guard(exchange)));
    }

    @Override
    public <T> Future<T> besideWebSocket(Duration limit, Function<Exchange, Future<T>> body) {
        return onSecondConnection(limit, exchange -> body.apply(retryAfterGate.guard(exchange)));
    }

    @Override
    public <T> Future<T> onSecondConnection(Duration limit, Function<Exchange, Future<T>> body) {
        PrinterConnection connection = new PrinterConnection(context, clients, timers, addresses, address, fingerprint);
        commandConnections.add(connection);
        return onConnection(() -> connection, limit, body).onComplete(done -> {
            commandConnections.remove(connection);
            connection.close();
        });
    }

    private <T> Future<T> onConnection(
            Supplier<PrinterConnection> connection, Duration limit, Function<Exchange, Future<T>> body) {
        return withClient(limit, (client, order) -> connection.get().run(client.web(), order, limit, body));
    }

    @Override
    public Future<BoundedWebSocket> openWebSocket(
            String path, Map<String, String> headers, Duration limit, BoundedWebSocket.Listener listener) {
        WebSocketOpener previous = webSocket;
        closePersistent();
        PrinterResponse postponed = retryAfterGate.postponed();
        if (postponed != null) {
            return Future.failedFuture(WebSocketUnavailableException.refused(postponed.status()));
        }
        WebSocketOpener opener =
                new WebSocketOpener(clients, timers, addresses, address, fingerprint, listener, retryAfterGate);
        webSocket = opener;
        return withClient(limit, (client, order) -> opener.open(client.http(), order, path, headers, limit, previous));
    }

    @Override
    public Future<PrinterMqttConnection> openMqtt(
            MqttLogin login, Duration limit, PrinterMqttConnection.Listener listener) {
        closePersistent();
        if (login.transport() == MqttLogin.Transport.TCP && address.isTls()) {
            return Future.failedFuture(LineConnections.notEncrypted());
        }
        MqttOpener opener = new MqttOpener(context, clients, address, listener);
        mqtt = opener;
        return allowedAddresses()
                .compose(order -> opener.open(
                        order, login, PrinterTrust.of(fingerprint, login.authorities(), clients.printerCa()), limit));
    }

    @Override
    public <T> Future<T> overLines(Duration limit, Function<LineExchange, Future<T>> body) {
        return lines.run(this::allowedAddresses, limit, body);
    }

    @Override
    public int port() {
        return address.port();
    }

    @Override
    public Future<X509Certificate> certificate(Duration limit) {
        MqttOpener opener = new MqttOpener(context, clients, address, MqttOpener.NO_LISTENER);
        return allowedAddresses().compose(order -> opener.certificate(order, limit));
    }

    private Future<List<InetAddress>> allowedAddresses() {
        Promise<List<InetAddress>> result = Promise.promise();
        addresses
                .resolve()
                .onComplete((order, failure) -> context.runOnContext(now -> {
                    if (failure != null) {
                        result.fail(FailureClassifier.of(failure, Delivery.NOT_SENT));
                    } else if (closed) {
                        result.fail(new Exchange.AbortedException(Delivery.NOT_SENT));
                    } else {
                        result.complete(order);
                    }
                }));
        return result.future();
    }

    /** Name resolution has a limit of its own and does not count towards the deadline. */
    private <T> Future<T> withClient(
            Duration limit, BiFunction<PrinterClients.Client, List<InetAddress>, Future<T>> work) {
        Future<PrinterClients.Client> client = clients.client(limit);
        Future<List<InetAddress>> resolved = addresses.resolve();
        if (client.succeeded() && resolved.succeeded()) {
            return run(client.result(), resolved.result(), work);
        }
        Promise<T> result = Promise.promise();
        Future.join(client, resolved)
                .onComplete(both -> context.runOnContext(now -> {
                    if (both.succeeded()) {
                        run(client.result(), resolved.result(), work).onComplete(result);
                    } else {
                        result.fail(FailureClassifier.of(both.cause(), Delivery.NOT_SENT));
                    }
                }));
        return result.future();
    }

    private <T> Future<T> run(
            PrinterClients.Client client,
            List<InetAddress> order,
            BiFunction<PrinterClients.Client, List<InetAddress>, Future<T>> work) {
        return closed
                ? Future.failedFuture(new Exchange.AbortedException(Delivery.NOT_SENT))
                : work.apply(client, order);
    }

    private PrinterConnection pollConnection() {
        PrinterConnection connection = pollConnection;
        if (connection == null) {
            connection = new PrinterConnection(context, clients, timers, addresses, address, fingerprint);
            pollConnection = connection;
        }
        return connection;
    }

    @Override
    public void close() {
        closed = true;
        closePersistent();
        lines.close();
        Set.copyOf(commandConnections).forEach(PrinterConnection::close);
        commandConnections.clear();
    }

    private void closePersistent() {
        if (pollConnection != null) {
            pollConnection.close();
            pollConnection = null;
        }
        if (webSocket != null) {
            webSocket.close();
            webSocket = null;
        }
        if (mqtt != null) {
            mqtt.close();
            mqtt = null;
        }
    }
}
