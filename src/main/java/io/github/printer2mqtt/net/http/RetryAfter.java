package io.github.printer2mqtt.net.http;

import io.netty.handler.codec.DateFormatter;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long an answer asks us to wait: {@code Retry-After} of RFC 9110, section 10.2.3. Pure. */
final class RetryAfter {
    private static final long LONGEST_SECONDS = 600;

    private RetryAfter() {}

    /**
     * Zero if the answer does not say so, and ten minutes at most. A date is compared with the answer's own {@code Date},
     * since printers' clocks are years off; with ours only where it has none.
     */
    static Duration of(PrinterResponse answer, Instant now) {
        if (answer.status() != 429 && answer.status() != 503) {
            return Duration.ZERO;
        }
        for (String line : answer.lines("retry-after")) {
            Long seconds = seconds(line.strip(), answer, now);
            if (seconds != null) {
                return Duration.ofSeconds(Math.max(0, Math.min(seconds, LONGEST_SECONDS)));
            }
        }
        return Duration.ZERO;
    }

    private static @Nullable Long seconds(String value, PrinterResponse answer, Instant now) {
        if (value.matches("[0-9]{1,100}")) {
            return value.length() > 9 ? LONGEST_SECONDS : Long.valueOf(value);
        }
        Instant until = date(List.of(value));
        if (until == null) {
            return null;
        }
        Instant answered = date(answer.lines("date"));
        return Duration.between(answered == null ? now : answered, until).toSeconds();
    }

    private static @Nullable Instant date(List<String> lines) {
        if (lines.isEmpty()) {
            return null;
        }
        Date date = DateFormatter.parseHttpDate(lines.get(0).strip());
        return date == null ? null : date.toInstant();
    }
}
