package io.github.printer2mqtt.net.mqtt.client;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The socket of one connection, which can be closed whatever Paho is doing: Paho's own close refuses while connecting
 * and leaves a TLS socket open. Safe for every thread.
 */
public final class AbortableSocket {
    private @Nullable Socket socket;
    private final ConnackCode connack = new ConnackCode();
    private boolean aborted;
    private volatile boolean open;
    private volatile @Nullable SSLException tlsFailure;

    /** Takes over a new socket and disables Nagle's algorithm, which costs 40 ms per message with delayed ACKs. */
    synchronized Socket adopt(Socket fresh) throws IOException {
        if (aborted) {
            fresh.close();
            throw new IOException("the attempt was aborted");
        }
        fresh.setTcpNoDelay(true);
        socket = fresh;
        return fresh;
    }

    /** Called when the transport is connected: later failures are caused by the broker. */
    void opened() {
        open = true;
    }

    boolean wasOpened() {
        return open;
    }

    /** Called when reading fails: Paho may report only that the socket is closed since. */
    void onTlsFailure(SSLException reason) {
        tlsFailure = reason;
    }

    /** Why the other side ended the encryption; null if it did not. */
    @Nullable SSLException tlsFailure() {
        return tlsFailure;
    }

    /** The broker's response to our CONNECT. */
    ConnackCode connack() {
        return connack;
    }

    /** Closes the socket in case Paho did not. */
    void close() throws IOException {
        Socket known = current();
        if (known != null) {
            known.close();
        }
    }

    /** Closes at once, even if another thread is blocked in a write or in the TLS handshake. */
    void abort() {
        Socket known;
        synchronized (this) {
            aborted = true;
            known = socket;
        }
        if (known == null) {
            return;
        }
        try {
            known.setSoLinger(true, 0);
        } catch (IOException e) {
            // Already closed.
        }
        try {
            known.close();
        } catch (IOException e) {
            // Nothing is left to close.
        }
    }

    private synchronized @Nullable Socket current() {
        return socket;
    }

    /**
     * The reason code of a CONNACK as received from the network: Paho 1.2.5 mistakes codes it does not know, such as
     * "QoS not supported", for the response of an MQTT 3.1.1 broker. Safe for every thread.
     */
    static final class ConnackCode {
        private static final int CONNACK = 0x20;
        private static final int UNKNOWN = -1;

        /** Fixed header, up to four length bytes, flags and code. */
        private final byte[] head = new byte[7];

        private int count;

        /** Takes the received bytes in order; those after the code are ignored. */
        synchronized void add(byte[] bytes, int from, int length) {
            int taken = Math.min(length, head.length - count);
            if (taken > 0) {
                System.arraycopy(bytes, from, head, count, taken);
                count += taken;
            }
        }

        /** The code, or -1 if it has not been received completely. */
        synchronized int value() {
            if (count == 0 || (head[0] & 0xf0) != CONNACK) {
                return UNKNOWN;
            }
            int lengthEnd = 1;
            while (lengthEnd < count && (head[lengthEnd] & 0x80) != 0) {
                lengthEnd++;
            }
            int code = lengthEnd + 2;
            return code < count ? head[code] & 0xff : UNKNOWN;
        }
    }
}
