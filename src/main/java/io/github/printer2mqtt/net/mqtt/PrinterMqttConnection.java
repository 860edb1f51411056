package io.github.printer2mqtt.net.mqtt;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.net.ReceiveLimit;
import io.github.printer2mqtt.net.mqtt.client.BrokerAddress;
import io.github.printer2mqtt.net.mqtt.client.BrokerAddresses;
import io.github.printer2mqtt.net.mqtt.client.BrokerConnectionOptions;
import io.github.printer2mqtt.net.mqtt.client.BrokerLimits;
import io.github.printer2mqtt.net.mqtt.client.BrokerSocketFactory;
import io.github.printer2mqtt.net.mqtt.client.ConnectAttempt;
import io.github.printer2mqtt.net.mqtt.client.ConnectFailure;
import io.github.printer2mqtt.net.mqtt.client.MqttErrorTexts;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import io.github.printer2mqtt.net.mqtt.client.MqttTls;
import io.github.printer2mqtt.net.mqtt.client.PahoClient;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a printer that is an MQTT broker, with or without TLS. It does not reconnect by itself: the session does. It has no
 * will, retains nothing and publishes with QoS 0, since printers close the connection for what they do not expect.
 *
 * <p>Belongs to the context that opens it: its methods are called there, its futures complete there and the listener is
 * called there. A message has at most 1 MiB, and {@link ReceiveLimit} limits how much arrives in a second.
 */
public final class PrinterMqttConnection implements ConnectAttempt.Owner {
    private static final int MAX_PACKET_BYTES = 1024 * 1024;
    private static final int MAX_INBOUND = 64;
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Context context;
    private final Listener listener;
    private final ConnectAttempt attempt;
    private final Promise<PrinterMqttConnection> opened = Promise.promise();
    private final Semaphore inbound = new Semaphore(MAX_INBOUND);

    /** Used by the thread that receives. */
    private final ReceiveLimit receiveLimit = new ReceiveLimit(System.nanoTime());

    private long deadline;
    private boolean open;
    private boolean over;

    /**
     * How to connect.
     *
     * @param name that the printer's certificate must have
     * @param addresses of the printer, in the order in which they are tried
     * @param tls decides which certificate is trusted; null for a printer without encryption
     * @param clientId null for a new one
     */
    public record Target(
            String name,
            List<InetAddress> addresses,
            int port,
            @Nullable TlsSource tls,
            String username,
            Secret password,
            @Nullable String clientId) {}

    /** Decides which certificate is trusted; may read files. */
    public interface TlsSource {
        SSLSocketFactory create() throws IOException;
    }

    /** What happens on an open connection. */
    public interface Listener {
        /** @param payload shared, not copied */
        void onMessage(String topic, byte[] payload);

        /** The connection was lost, and not by {@link PrinterMqttConnection#close}. Called once. */
        void onClosed(PrinterException reason);
    }

    private PrinterMqttConnection(Vertx vertx, Listener listener, String clientId) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.listener = listener;
        this.attempt = new ConnectAttempt(this, context, Version.V3, clientId);
    }

    /**
     * Connects within the limit: TCP, TLS and the printer's response to the user and the password. The user is sent only
     * after the certificate was trusted. Fails with a {@link PrinterException}.
     */
    public static Opening open(Vertx vertx, Target target, Duration limit, Listener listener) {
        // A fresh client id for each connection: a printer that still holds an old one does not close this one.
        String given = target.clientId();
        String clientId = given == null
                ? "p2m-" + Long.toHexString(ThreadLocalRandom.current().nextLong())
                : given;
        PrinterMqttConnection connection = new PrinterMqttConnection(vertx, listener, clientId);
        connection.connect(target, limit, clientId);
        return new Opening(connection, connection.opened.future());
    }

    /**
     * A connection that is being opened.
     *
     * @param connection can be closed before it is open
     * @param result completes when it is open
     */
    public record Opening(PrinterMqttConnection connection, Future<PrinterMqttConnection> result) {}

    private void connect(Target target, Duration limit, String clientId) {
        BrokerAddress.Transport transport =
                target.tls() == null ? BrokerAddress.Transport.MQTT : BrokerAddress.Transport.MQTTS;
        BrokerAddress server = new BrokerAddress(transport, target.name(), target.port(), "");
        BrokerConnectionOptions options = BrokerConnectionOptions.of(server, clientId)
                .withVersion(Version.V3)
                .withLogin(target.username(), target.password())
                .withTimes(KEEP_ALIVE, limit, BrokerConnectionOptions.Retry.defaults());
        BrokerAddresses addresses = new BrokerAddresses(target::addresses);
        deadline = vertx.setTimer(
                limit.toMillis(),
                id -> fail(new PrinterException(
                        FailureReason.TIMEOUT, "no connection within " + limit.toMillis() + " ms")));
        // Loads classes the first time.
        Future<Void> unused = vertx.executeBlocking(
                () -> {
                    attempt.connect(
                            options,
                            socket -> BrokerSocketFactory.ofPrinter(
                                    server, addresses, tls(target), MAX_PACKET_BYTES, socket));
                    return null;
                },
                false);
    }

    /** Null for a printer without encryption. */
    private static @Nullable SSLSocketFactory tls(Target target) throws MqttTls.MqttTlsException {
        TlsSource source = target.tls();
        try {
            return source == null ? null : source.create();
        } catch (IOException e) {
            throw new MqttTls.MqttTlsException(MqttErrorTexts.oneLine(e), e);
        }
    }

    public boolean isOpen() {
        return open;
    }

    /** Subscribes with QoS 0; fails with a {@link PrinterException}. */
    public Future<Void> subscribe(String filter) {
        return send((paho, outcome) -> paho.subscribe(filter, 0, PahoClient.SubscriptionMode.ALL, outcome));
    }

    /** Publishes with QoS 0; succeeds when the message is handed to the socket. Fails with a {@link PrinterException}. */
    public Future<Void> publish(String topic, byte[] payload) {
        return send((paho, outcome) -> paho.publish(MqttMessage.nonRetained(topic, payload, 0), outcome));
    }

    private Future<Void> send(ConnectAttempt.Request request) {
        if (!open) {
            return Future.failedFuture(
                    new PrinterException(FailureReason.UNREADABLE, "the connection is closed").with(Delivery.NOT_SENT));
        }
        Promise<Void> result = Promise.promise();
        attempt.send(
                request,
                failure -> context.runOnContext(v -> {
                    if (failure == null) {
                        result.tryComplete();
                    } else {
                        result.tryFail(new PrinterException(
                                FailureReason.UNREADABLE,
                                "the printer did not take a message: " + failure.getMessage()));
                    }
                }));
        return result.future();
    }

    /** Closes the connection, or ends the attempt to open it, without notifying the listener. May be called more than once. */
    public void close() {
        boolean wasOpen = open;
        end(new PrinterException(FailureReason.UNREADABLE, "the connection was closed").with(Delivery.NOT_SENT));
        if (wasOpen) {
            long timer = vertx.setTimer(CLOSE_TIMEOUT.toMillis(), id -> attempt.abort());
            attempt.send(
                    PahoClient::disconnect,
                    outcome -> context.runOnContext(v -> {
                        if (vertx.cancelTimer(timer)) {
                            attempt.abort();
                        }
                    }));
        } else {
            attempt.abort();
        }
    }

    /** Whether this ended it just now. */
    private boolean end(PrinterException reason) {
        if (over) {
            return false;
        }
        over = true;
        open = false;
        vertx.cancelTimer(deadline);
        opened.tryFail(reason);
        return true;
    }

    private void fail(PrinterException reason) {
        boolean wasOpen = open;
        if (end(reason)) {
            attempt.abort();
            if (wasOpen) {
                listener.onClosed(reason);
            }
        }
    }

    @Override
    public void onConnected(ConnectAttempt connected, BrokerLimits limits) {
        if (!over) {
            vertx.cancelTimer(deadline);
            open = true;
            opened.tryComplete(this);
        }
    }

    @Override
    public void onFailed(ConnectAttempt failed, ConnectFailure failure) {
        FailureReason reason = reason(failure);
        String detail = reason == FailureReason.REFUSED ? null : failure.detail();
        fail(new PrinterException(reason, detail).with(delivery(failure)));
    }

    private static FailureReason reason(ConnectFailure failure) {
        return switch (failure.kind()) {
            case UNREACHABLE ->
                failure.detail().equals("connection refused") ? FailureReason.REFUSED : FailureReason.UNREACHABLE;
            case TIMEOUT -> FailureReason.TIMEOUT;
            case TLS, UNTRUSTED, CLIENT_CERTIFICATE -> FailureReason.TLS;
            case CREDENTIALS -> FailureReason.AUTH;
            case CLOSED, VERSION, RETAIN_NOT_SUPPORTED, QOS_NOT_SUPPORTED, REFUSED -> FailureReason.UNREADABLE;
        };
    }

    private static Delivery delivery(ConnectFailure failure) {
        return failure.kind() == ConnectFailure.Kind.UNREACHABLE ? Delivery.NOT_SENT : Delivery.POSSIBLE;
    }

    @Override
    public void onLost(ConnectAttempt lost, String reason) {
        boolean isTooLarge = reason.startsWith("a message is larger");
        fail(new PrinterException(isTooLarge ? FailureReason.TOO_LARGE : FailureReason.UNREADABLE, reason));
    }

    @Override
    public void onMessage(ConnectAttempt receiver, MqttMessage message) {
        try {
            Duration pause = receiveLimit.onReceived(1, message.payload().length, System.nanoTime());
            if (!pause.isZero()) {
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            }
            if (!inbound.tryAcquire(1, TimeUnit.MINUTES)) {
                return; // the event loop has been blocked for a minute
            }
        } catch (PrinterException permanent) {
            context.runOnContext(v -> fail(permanent));
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        context.runOnContext(v -> {
            inbound.release();
            if (open) {
                listener.onMessage(message.topic(), message.payload());
            }
        });
    }
}
