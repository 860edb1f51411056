package io.github.printer2mqtt.net.mqtt;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Creates the sockets of one connection to a broker; Paho only calls {@code createSocket()}. They connect to an address of
 * the broker, whatever Paho asks for.
 */
final class BrokerSocketFactory extends SocketFactory {
    private final BrokerAddress server;
    private final BrokerAddresses addresses;
    private final @Nullable SSLSocketFactory tls;
    private final AbortableSocket abortable;

    private BrokerSocketFactory(
            BrokerAddress server,
            BrokerAddresses addresses,
            @Nullable SSLSocketFactory tls,
            AbortableSocket abortable) {
        this.server = server;
        this.addresses = addresses;
        this.tls = tls;
        this.abortable = abortable;
    }

    /** Reads certificate files for an encrypted transport, so it may block. */
    static BrokerSocketFactory of(
            Vertx vertx, BrokerConnectionOptions options, BrokerAddresses addresses, AbortableSocket abortable)
            throws MqttTls.MqttTlsException {
        SSLSocketFactory tls = options.server().transport().isTls() ? MqttTls.factory(vertx, options.tls()) : null;
        return new BrokerSocketFactory(options.server(), addresses, tls, abortable);
    }

    @Override
    public Socket createSocket() {
        return new BrokerSocket();
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

    /**
     * The socket used by Paho: it tries the broker's addresses until one responds and does TLS itself. Paho would try only
     * the first address and rejects host names with an underscore.
     *
     * <p>Connected once, by one thread; closed by any thread through {@link AbortableSocket}.
     */
    private final class BrokerSocket extends Socket {
        private volatile @Nullable Socket open;

        /** @param ignored the address given by Paho; the broker's addresses are tried instead */
        @Override
        public void connect(SocketAddress ignored, int timeoutMillis) throws IOException {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
            List<InetAddress> candidates = addresses.inOrder();
            IOException failure = null;
            for (int i = 0; i < candidates.size(); i++) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    break;
                }
                InetAddress candidate = candidates.get(i);
                Socket plain = abortable.adopt(new Socket());
                try {
                    // The remaining time is shared out, so that the last address is tried, too.
                    int part = (int) Math.max(1, left / (candidates.size() - i));
                    plain.connect(new InetSocketAddress(candidate, server.port()), part);
                    addresses.onReached(candidate);
                    open = tls == null ? plain : encrypted(tls, plain, (int) left);
                    return;
                } catch (IOException e) {
                    addresses.onUnreachable(candidate);
                    plain.close();
                    failure = failure == null ? e : failure;
                }
            }
            throw failure == null ? new SocketTimeoutException("no address responded in time") : failure;
        }

        private Socket encrypted(SSLSocketFactory factory, Socket plain, int timeoutMillis) throws IOException {
            SSLSocket encrypted =
                    (SSLSocket) factory.createSocket(plain, server.hostWithoutBrackets(), server.port(), true);
            SSLParameters parameters = encrypted.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            encrypted.setSSLParameters(parameters);
            encrypted.setSoTimeout(Math.max(1, timeoutMillis));
            encrypted.startHandshake();
            return encrypted;
        }

        private Socket connection() throws IOException {
            Socket known = open;
            if (known == null) {
                throw new IOException("not connected");
            }
            return known;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return connection().getInputStream();
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return connection().getOutputStream();
        }

        @Override
        public synchronized void setSoTimeout(int millis) throws java.net.SocketException {
            Socket known = open;
            if (known != null) {
                known.setSoTimeout(millis);
            }
        }

        @Override
        public synchronized void close() throws IOException {
            Socket known = open;
            if (known != null) {
                known.close();
            }
            super.close();
        }
    }
}
