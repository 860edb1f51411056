package io.github.printer2mqtt.driver;

import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.Exchange;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * When a reading must be done, for what is asked after the part it cannot do without. Such a request runs under a limit
 * of its own, so that one which hangs costs the reading nothing but the time that was left.
 */
public final class ReadingDeadline {
    /** With less than this a request is not worth a connection that must be torn down. */
    private static final Duration MIN_REMAINING = Duration.ofMillis(50);

    private final PrinterHttp http;
    private final LongSupplier nanos;
    private final long end;

    private ReadingDeadline(PrinterHttp http, LongSupplier nanos, long end) {
        this.http = http;
        this.nanos = nanos;
        this.end = end;
    }

    /**
     * Starts now.
     *
     * @param nanos monotonic time
     */
    public static ReadingDeadline start(PrinterHttp http, Duration timeout, LongSupplier nanos) {
        return new ReadingDeadline(http, nanos, nanos.getAsLong() + timeout.toNanos());
    }

    /** Asks in the time that is left; empty if the printer does not answer what was expected, or there is no time. */
    public <T> Future<Optional<T>> ifTimeAllows(Function<Exchange, Future<T>> body) {
        Duration left = Duration.ofNanos(end - nanos.getAsLong());
        if (left.compareTo(MIN_REMAINING) < 0) {
            return Future.succeededFuture(Optional.empty());
        }
        return http.within(left, body)
                .map(Optional::of)
                .recover(failure -> failure instanceof PrinterException
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(failure));
    }
}
