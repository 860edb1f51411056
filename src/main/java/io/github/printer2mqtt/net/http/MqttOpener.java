package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.net.http.PrinterHttp.MqttLogin;
import io.github.printer2mqtt.net.mqtt.PrinterMqttConnection;
import io.github.printer2mqtt.net.mqtt.PrinterMqttConnection.Listener;
import io.github.printer2mqtt.net.mqtt.PrinterMqttConnection.Opening;
import io.github.printer2mqtt.net.mqtt.PrinterMqttConnection.Target;
import io.github.printer2mqtt.net.tls.PrinterTrust;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One MQTT connection to a printer, from the attempt to open it until it is closed, with its permit of open files and the claim
 * of its serial number. Belongs to one event loop.
 */
final class MqttOpener implements Listener {
    /** For an attempt that never opens a connection. */
    static final Listener NO_LISTENER = new Listener() {
        @Override
        public void onMessage(String topic, byte[] payload) {}

        @Override
        public void onClosed(PrinterException reason) {}
    };

    private static final String ANY_NAME = "printer";

    private final Context context;
    private final PrinterClients clients;
    private final PrinterAddress address;
    private final Listener listener;
    private @Nullable PrinterMqttConnection connection;
    private @Nullable String claimed;
    private boolean closed;

    MqttOpener(Context context, PrinterClients clients, PrinterAddress address, Listener listener) {
        this.context = context;
        this.clients = clients;
        this.address = address;
        this.listener = listener;
    }

    /** @param order the allowed addresses in the order in which they are tried */
    Future<PrinterMqttConnection> open(List<InetAddress> order, MqttLogin login, PrinterTrust trust, Duration limit) {
        if (closed) {
            return Future.failedFuture(new Exchange.AbortedException(Delivery.NOT_SENT));
        }
        if (!clients.claim(login.serial())) {
            return Future.failedFuture(new PrinterException(
                            FailureReason.BUSY,
                            "the bridge is already connected to the printer with this serial number, and it gets one"
                                    + " connection only")
                    .with(Delivery.NOT_SENT));
        }
        claimed = login.serial();
        boolean isTls = login.transport() == MqttLogin.Transport.TLS;
        return connect(target(order, login, isTls ? trust : null), limit).onFailure(failure -> close());
    }

    /** Presents no user: the handshake ends before. */
    Future<X509Certificate> certificate(List<InetAddress> order, Duration limit) {
        PrinterTrust none = PrinterTrust.none();
        return connect(new Target(ANY_NAME, order, address.port(), none::socketFactory, "", Secret.of(""), null), limit)
                .transform((opened, failure) -> {
                    X509Certificate presented = none.presented();
                    return presented == null
                            ? Future.<X509Certificate>failedFuture(failure)
                            : Future.succeededFuture(presented);
                })
                .onComplete(done -> close());
    }

    /** @param trust null for a printer without encryption */
    private Target target(List<InetAddress> order, MqttLogin login, @Nullable PrinterTrust trust) {
        return new Target(
                login.serial(),
                order,
                address.port(),
                trust == null ? null : trust::socketFactory,
                login.username(),
                login.password(),
                login.clientId());
    }

    private Future<PrinterMqttConnection> connect(Target target, Duration limit) {
        if (!clients.budget().acquire()) {
            return Future.failedFuture(ConnectionBudget.exhausted());
        }
        Opening opening = PrinterMqttConnection.open(context.owner(), target, limit, this);
        connection = opening.connection();
        return opening.result();
    }

    void close() {
        closed = true;
        PrinterMqttConnection open = connection;
        connection = null;
        if (open != null) {
            open.close();
            clients.budget().release();
        }
        String serial = claimed;
        claimed = null;
        if (serial != null) {
            clients.release(serial);
        }
    }

    @Override
    public void onMessage(String topic, byte[] payload) {
        listener.onMessage(topic, payload);
    }

    @Override
    public void onClosed(PrinterException reason) {
        close();
        listener.onClosed(reason);
    }
}
