package io.github.printer2mqtt.net.http;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a printer said when it told us to come later: HTTP 429 or 503 with {@link RetryAfter}. Until then whoever wants to ask it
 * gets that answer again and the printer its peace. Belongs to one event loop.
 */
final class RetryAfterGate {
    private final LongSupplier monotonicNanos;
    private final InstantSource clock;
    private @Nullable PrinterResponse told;
    private long untilNanos;

    RetryAfterGate(LongSupplier monotonicNanos, InstantSource clock) {
        this.monotonicNanos = monotonicNanos;
        this.clock = clock;
    }

    /** The exchange, kept from asking while the printer wants its peace. */
    Exchange heededBy(Exchange exchange) {
        return ask -> {
            PrinterResponse earlier = told;
            if (earlier != null
                    && ask.purpose() == PrinterRequest.Purpose.READ
                    && monotonicNanos.getAsLong() - untilNanos < 0) {
                return Future.succeededFuture(earlier);
            }
            return exchange.send(ask).map(this::noted);
        };
    }

    private PrinterResponse noted(PrinterResponse answer) {
        Duration wait = RetryAfter.of(answer, clock.instant());
        told = wait.isZero() ? null : answer;
        untilNanos = monotonicNanos.getAsLong() + wait.toNanos();
        return answer;
    }
}
