package io.github.printer2mqtt.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** The socket factories Paho is given; it only ever calls {@code createSocket()}. */
final class PahoSockets {
    private PahoSockets() {}

    /** Plain TCP. */
    static SocketFactory plain(PahoSocket holder) {
        return new Plain(holder);
    }

    /** TLS; of the type Paho asks for. */
    static SSLSocketFactory encrypted(PahoSocket holder, SSLSocketFactory tls) {
        return new Encrypted(holder, tls);
    }

    private static final class Plain extends SocketFactory {
        private final PahoSocket holder;

        Plain(PahoSocket holder) {
            this.holder = holder;
        }

        @Override
        public Socket createSocket() throws IOException {
            return holder.adopt(new Socket());
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
    }

    private static final class Encrypted extends SSLSocketFactory {
        private final PahoSocket holder;
        private final SSLSocketFactory tls;

        Encrypted(PahoSocket holder, SSLSocketFactory tls) {
            this.holder = holder;
            this.tls = tls;
        }

        @Override
        public Socket createSocket() throws IOException {
            return holder.adopt(tls.createSocket());
        }

        @Override
        public Socket createSocket(Socket below, String host, int port, boolean autoClose) {
            throw unused();
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

        @Override
        public String[] getDefaultCipherSuites() {
            return tls.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return tls.getSupportedCipherSuites();
        }
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("only unconnected sockets are made here");
    }
}
