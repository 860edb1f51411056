package io.github.printer2mqtt.net.http;

import io.vertx.core.http.HttpConnection;
import java.net.InetAddress;
import java.util.function.Consumer;

/** One open connection to a printer. Belongs to one event loop. */
final class OpenConnection {
    private final HttpConnection http;
    private final InetAddress address;
    private boolean used;
    private boolean closed;

    private OpenConnection(HttpConnection http, InetAddress address) {
        this.http = http;
        this.address = address;
    }

    /** @param onClosed called once, whichever side closes */
    static OpenConnection of(HttpConnection http, InetAddress address, Consumer<OpenConnection> onClosed) {
        OpenConnection connection = new OpenConnection(http, address);
        // The pending request fails too; without a handler Vert.x logs an error.
        http.exceptionHandler(failure -> {});
        http.closeHandler(closed -> {
            connection.closed = true;
            onClosed.accept(connection);
        });
        return connection;
    }

    InetAddress address() {
        return address;
    }

    boolean isOn(HttpConnection other) {
        return http.equals(other);
    }

    /** Whether it has carried a response. */
    boolean isUsed() {
        return used;
    }

    boolean isClosed() {
        return closed;
    }

    void onResponse() {
        used = true;
    }

    /** May be called more than once. */
    void close() {
        if (!closed) {
            closed = true;
            http.close();
        }
    }
}
