package io.github.printer2mqtt.net.mqtt.client;

import java.io.FilterInputStream;
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
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Creates the sockets of one connection to a broker; Paho only calls {@code createSocket()}. They connect to an address of
 * the broker, whatever Paho asks for.
 */
public final class BrokerSocketFactory extends SocketFactory {
    private final BrokerAddress server;
    private final BrokerAddresses addresses;
    private final @Nullable SSLSocketFactory tls;
    private final AbortableSocket abortable;

    /** Of a packet that the other side may send; null for no limit. */
    private final @Nullable Integer maxPacketBytes;

    private BrokerSocketFactory(
            BrokerAddress server,
            BrokerAddresses addresses,
            @Nullable SSLSocketFactory tls,
            AbortableSocket abortable,
            @Nullable Integer maxPacketBytes) {
        this.server = server;
        this.addresses = addresses;
        this.tls = tls;
        this.abortable = abortable;
        this.maxPacketBytes = maxPacketBytes;
    }

    /**
     * For a printer that is a broker. Its certificate names the host of {@code server}, which no resolver knows; with a dot or
     * without, that name is sent as the server name.
     *
     * @param tls null for a printer without encryption
     */
    public static BrokerSocketFactory ofPrinter(
            BrokerAddress server,
            BrokerAddresses addresses,
            @Nullable SSLSocketFactory tls,
            int maxPacketBytes,
            AbortableSocket abortable) {
        return new BrokerSocketFactory(server, addresses, tls, abortable, maxPacketBytes);
    }

    /** Reads certificate files for an encrypted transport, so it may block. */
    public static BrokerSocketFactory of(
            BrokerConnectionOptions options, BrokerAddresses addresses, AbortableSocket abortable)
            throws MqttTls.MqttTlsException {
        SSLSocketFactory tls = options.server().transport().isTls() ? MqttTls.factory(options.tls()) : null;
        return new BrokerSocketFactory(options.server(), addresses, tls, abortable, null);
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
                Socket plain = abortable.adopt(tls == null ? new Socket() : new ReadFirstSocket());
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
            if (maxPacketBytes != null) {
                // JSSE sends no name without a dot by itself.
                parameters.setServerNames(List.of(new SNIHostName(server.host())));
            }
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
            InputStream in = connection().getInputStream();
            return maxPacketBytes == null ? in : new BoundedPacketStream(in, maxPacketBytes);
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

    /**
     * Fails when an MQTT packet announces more bytes than allowed, before Paho reserves memory for it: a packet may have 256 MB.
     * Used by one thread.
     */
    private static final class BoundedPacketStream extends FilterInputStream {
        private static final int MAX_LENGTH_BYTES = 4;

        private final int limit;

        /** Bytes of the current packet that are still to come after its fixed header. */
        private long body;

        /** The remaining length as far as it was read. */
        private long length;

        /** Bytes of the fixed header read so far; 0 before a packet. */
        private int header;

        BoundedPacketStream(InputStream in, int limit) {
            super(in);
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            int read = super.read(bytes, from, count);
            int at = from;
            while (at < from + read) {
                if (body > 0) {
                    long skipped = Math.min(body, (long) from + read - at);
                    body -= skipped;
                    at += (int) skipped;
                } else {
                    header(bytes[at] & 0xff);
                    at++;
                }
            }
            return read;
        }

        /** MQTT 3.1.1, section 2.2: the type, then the remaining length in seven bits a byte. */
        private void header(int next) throws IOException {
            if (header == 0) {
                header = 1;
                length = 0;
                return;
            }
            length |= (long) (next & 0x7f) << (7 * (header - 1));
            header++;
            boolean isComplete = (next & 0x80) == 0;
            if (length > limit || (!isComplete && header > MAX_LENGTH_BYTES)) {
                throw new PacketTooLargeException(limit);
            }
            if (isComplete) {
                header = 0;
                body = length;
            }
        }

        /** A packet exceeds the limit. */
        private static final class PacketTooLargeException extends IOException {
            private static final long serialVersionUID = 1L;

            PacketTooLargeException(int limit) {
                super("a message is larger than " + limit / 1024 + " KiB");
            }
        }
    }
}
