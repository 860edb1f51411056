package io.github.printer2mqtt.net.http;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Honours {@link RetryAfter}: until the time that a 429 or 503 names, reads return that response without contacting the
 * printer. Belongs to one event loop.
 */
final class RetryAfterGate {
    private final LongSupplier monotonicNanos;
    private final InstantSource clock;
    private @Nullable PrinterResponse lastResponse;
    private long untilNanos;

    RetryAfterGate(LongSupplier monotonicNanos, InstantSource clock) {
        this.monotonicNanos = monotonicNanos;
        this.clock = clock;
    }

    /** An exchange that sends no reads until then. */
    Exchange guard(Exchange exchange) {
        return request -> {
            PrinterResponse postponed = lastResponse;
            if (postponed != null
                    && request.purpose() == PrinterRequest.Purpose.READ
                    && monotonicNanos.getAsLong() - untilNanos < 0) {
                return Future.succeededFuture(postponed);
            }
            return exchange.send(request).map(this::remember);
        };
    }

    private PrinterResponse remember(PrinterResponse response) {
        Duration wait = RetryAfter.of(response, clock.instant());
        lastResponse = wait.isZero() ? null : response;
        untilNanos = monotonicNanos.getAsLong() + wait.toNanos();
        return response;
    }
}
