package io.github.printer2mqtt.net;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a printer said when it told us to come later: HTTP 429 or 503 with {@code Retry-After} in seconds. Until then, and
 * for ten minutes at most, whoever wants to ask it gets that answer again and the printer its peace. A date in the header
 * counts for nothing, since printers' clocks are years off. Belongs to one event loop.
 */
final class ToldToWait {
    private static final long LONGEST_SECONDS = 600;

    private final LongSupplier monotonicNanos;
    private @Nullable Answer told;
    private long untilNanos;

    ToldToWait(LongSupplier monotonicNanos) {
        this.monotonicNanos = monotonicNanos;
    }

    /** The exchange, kept from asking while the printer wants its peace. */
    Exchange heededBy(Exchange exchange) {
        return ask -> {
            Answer earlier = told;
            if (earlier != null && ask.purpose() == Ask.Purpose.READ && monotonicNanos.getAsLong() - untilNanos < 0) {
                return Future.succeededFuture(earlier);
            }
            return exchange.send(ask).map(this::noted);
        };
    }

    private Answer noted(Answer answer) {
        long seconds = answer.status() == 429 || answer.status() == 503 ? seconds(answer.header("retry-after")) : 0;
        told = seconds > 0 ? answer : null;
        untilNanos = monotonicNanos.getAsLong()
                + Duration.ofSeconds(Math.min(seconds, LONGEST_SECONDS)).toNanos();
        return answer;
    }

    private static long seconds(@Nullable String header) {
        String digits = header == null ? "" : header.strip();
        if (!digits.matches("\\d{1,100}")) {
            return 0;
        }
        return digits.length() > 9 ? LONGEST_SECONDS : Long.parseLong(digits);
    }
}
