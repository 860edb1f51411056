package io.github.printer2mqtt.net.http;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Function;

/**
 * The HTTP client for one printer. Belongs to the event loop it was opened on: every method is called there and every
 * future completes there.
 *
 * <p>Every future completes within its limit, and the socket of an exchange that exceeds it is closed. At most one
 * connection is open for polling and one per command, and a response has at most 1 MiB.
 */
public interface PrinterHttp {
    /**
     * Runs the requests of one reading on the printer's persistent connection. The limit counts from the start of the
     * connect or, if the connection is open, from the first request.
     */
    <T> Future<T> within(Duration limit, Function<Exchange, Future<T>> body);

    /**
     * Runs the requests of one command on a connection of its own that is closed afterwards, so that a slow command does
     * not delay polls.
     */
    <T> Future<T> onSecondConnection(Duration limit, Function<Exchange, Future<T>> body);

    /** Closes all connections; running exchanges fail with {@link Exchange.AbortedException}. May be called more than once. */
    void close();
}
