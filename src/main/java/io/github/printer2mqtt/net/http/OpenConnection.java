package io.github.printer2mqtt.net.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import java.net.InetAddress;
import java.util.function.Consumer;

/** One open connection to a printer. Belongs to one event loop. */
final class OpenConnection {
    private final HttpClientConnection http;
    private final InetAddress address;
    private boolean used;
    private boolean closed;

    private OpenConnection(HttpClientConnection http, InetAddress address) {
        this.http = http;
        this.address = address;
    }

    /** @param onClosed called once, whichever side closes */
    static OpenConnection of(HttpClientConnection http, InetAddress address, Consumer<OpenConnection> onClosed) {
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

    /** Whether it has carried a response. */
    boolean isUsed() {
        return used;
    }

    boolean isClosed() {
        return closed;
    }

    /** Starts a request; fails if the connection is closed, and then nothing was sent. */
    Future<HttpClientRequest> request(RequestOptions options) {
        return http.request(options);
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
