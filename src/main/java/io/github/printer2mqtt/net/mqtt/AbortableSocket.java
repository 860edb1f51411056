package io.github.printer2mqtt.net.mqtt;

import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * The socket of one connection, so that it can be closed whatever Paho is doing: its own close refuses while connecting,
 * and leaves a TLS socket open. Safe for every thread.
 */
final class AbortableSocket {
    private @Nullable Socket socket;
    private final ConnackCode connack = new ConnackCode();
    private boolean aborted;
    private volatile boolean open;

    /** Takes a new socket and sets it up: without Nagle's delay, which costs 40 ms a message with delayed ACKs. */
    synchronized Socket adopt(Socket fresh) throws IOException {
        if (aborted) {
            fresh.close();
            throw new IOException("the attempt was given up");
        }
        fresh.setTcpNoDelay(true);
        socket = fresh;
        return fresh;
    }

    /** Remembers that the transport is up: what fails from now on is the broker's doing. */
    void opened() {
        open = true;
    }

    boolean wasOpened() {
        return open;
    }

    /** What the broker answered to our CONNECT. */
    ConnackCode connack() {
        return connack;
    }

    /** Closes in an orderly way after Paho did, or did not. */
    void close() throws IOException {
        Socket known = current();
        if (known != null) {
            known.close();
        }
    }

    /** Closes at once, even if another thread is stuck in a write or in the TLS handshake. */
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
            // Closed already, which is what is wanted.
        }
        try {
            known.close();
        } catch (IOException e) {
            // A socket that cannot be closed is gone.
        }
    }

    private synchronized @Nullable Socket current() {
        return socket;
    }
}
