package io.github.printer2mqtt.net.http;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Function;

/**
 * One printer's HTTP door. Belongs to the event loop it was opened on; every method is called there and every future
 * completes there.
 *
 * <p>It promises that no future outlives its limit, that the socket of an exchange that did is closed, that no more than
 * one connection is open for polling and one for commands, and that no more than 1 MiB of an answer is kept.
 */
public interface PrinterHttp {
    /**
     * Runs the requests of one reading on the printer's one kept connection. The limit counts from the start of the
     * first connect or, on a kept connection, from the first request.
     */
    <T> Future<T> within(Duration limit, Function<Exchange, Future<T>> body);

    /**
     * Runs the requests of one command on a connection of its own that is closed afterwards, so that a printer which
     * answers late does not hold up its polls.
     */
    <T> Future<T> onSecondConnection(Duration limit, Function<Exchange, Future<T>> body);

    /** Closes all connections; what is under way fails with {@link Exchange.AbortedException}. May be called more than once. */
    void close();
}
