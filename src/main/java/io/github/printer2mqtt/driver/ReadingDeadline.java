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
 * The deadline of a reading, for its optional requests. Each runs in the time that is left, so that one that fails or hangs
 * does not fail the reading.
 */
public final class ReadingDeadline {
    /** With less time left a request would probably only cost the connection. */
    private static final Duration MIN_REMAINING = Duration.ofMillis(50);

    private final PrinterHttp http;
    private final LongSupplier nanos;
    private final long end;

    /**
     * Starts now.
     *
     * @param nanos monotonic time
     */
    public ReadingDeadline(PrinterHttp http, Duration timeout, LongSupplier nanos) {
        this.http = http;
        this.nanos = nanos;
        this.end = nanos.getAsLong() + timeout.toNanos();
    }

    /** Runs optional requests in the time that is left; empty if they fail or no time is left. */
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
