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
            PrinterResponse postponed = postponed();
            return postponed != null && request.purpose() == PrinterRequest.Purpose.READ
                    ? Future.succeededFuture(postponed)
                    : exchange.send(request).map(this::remember);
        };
    }

    /** The response that asked to wait; null if the printer may be contacted. */
    @Nullable PrinterResponse postponed() {
        return lastResponse != null && monotonicNanos.getAsLong() - untilNanos < 0 ? lastResponse : null;
    }

    /** Notes a response that came outside of an exchange; it counts like one of them. */
    PrinterResponse remember(PrinterResponse response) {
        Duration wait = RetryAfter.of(response, clock.instant());
        lastResponse = wait.isZero() ? null : response;
        untilNanos = monotonicNanos.getAsLong() + wait.toNanos();
        return response;
    }
}
