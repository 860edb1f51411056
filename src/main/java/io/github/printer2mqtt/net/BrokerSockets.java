package io.github.printer2mqtt.net;

import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes the {@link BrokerSocket} of one connection; Paho only ever calls {@code createSocket()}. */
final class BrokerSockets extends SocketFactory {
    private final BrokerAddress server;
    private final BrokerAddresses addresses;
    private final @Nullable SSLSocketFactory tls;
    private final AbortableSocket holder;

    private BrokerSockets(
            BrokerAddress server, BrokerAddresses addresses, @Nullable SSLSocketFactory tls, AbortableSocket holder) {
        this.server = server;
        this.addresses = addresses;
        this.tls = tls;
        this.holder = holder;
    }

    /** Reads the certificate files of an encrypted transport: not for an event loop. */
    static BrokerSockets of(Vertx vertx, BrokerConnectionOptions options, BrokerAddresses addresses, AbortableSocket holder)
            throws MqttTlsException {
        SSLSocketFactory tls = options.server().transport().isTls() ? MqttTls.factory(vertx, options.tls()) : null;
        return new BrokerSockets(options.server(), addresses, tls, holder);
    }

    @Override
    public Socket createSocket() {
        return new BrokerSocket(server, addresses, tls, holder);
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw unused();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw unused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw unused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw unused();
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("only unconnected sockets are made here");
    }
}
