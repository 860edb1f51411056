package io.github.printer2mqtt.net.http;

import io.netty.handler.codec.DateFormatter;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code Retry-After} (RFC 9110, section 10.2.3). */
final class RetryAfter {
    private static final long MAX_SECONDS = 600;

    private RetryAfter() {}

    /**
     * The time to wait, at most ten minutes; zero if the response names none. A date is compared with the response's own
     * {@code Date} if it has one, since clocks of printers are often years off.
     */
    static Duration of(PrinterResponse response, Instant now) {
        if (response.status() != 429 && response.status() != 503) {
            return Duration.ZERO;
        }
        for (String line : response.lines("retry-after")) {
            Long seconds = seconds(line.strip(), response, now);
            if (seconds != null) {
                return Duration.ofSeconds(Math.max(0, Math.min(seconds, MAX_SECONDS)));
            }
        }
        return Duration.ZERO;
    }

    private static @Nullable Long seconds(String value, PrinterResponse response, Instant now) {
        if (value.matches("[0-9]{1,100}")) {
            return value.length() > 9 ? MAX_SECONDS : Long.valueOf(value);
        }
        Instant until = date(List.of(value));
        if (until == null) {
            return null;
        }
        Instant answered = date(response.lines("date"));
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
