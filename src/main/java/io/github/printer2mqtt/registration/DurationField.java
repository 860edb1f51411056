package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.text.DurationText;
import io.github.printer2mqtt.text.InvalidValueException;
import io.github.printer2mqtt.text.QuotedText;
import java.time.Duration;

/** Durations in the fields of a registration. */
final class DurationField {
    private static final Duration LEAST = Duration.ofMillis(250);
    private static final Duration MOST = Duration.ofSeconds(60);

    private DurationField() {}

    static Duration parse(String text) {
        return parse(text, LEAST, MOST, "250ms to 60s, for example \"3s\"");
    }

    /** @param range as the message names it */
    static Duration parse(String text, Duration least, Duration most, String range) {
        return DurationText.parse(text)
                .filter(duration -> duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0)
                .orElseThrow(() -> new InvalidValueException(
                        "found " + QuotedText.of(text) + ", expected a duration from " + range));
    }

    static String of(Duration duration) {
        return duration.toMillisPart() == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
