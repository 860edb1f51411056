package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.printer.InvalidValueException;
import io.github.printer2mqtt.printer.Quoted;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a printer's own timeout. Pure. */
final class OverrideText {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,6})(ms|s|m)");
    private static final Duration LEAST = Duration.ofMillis(250);
    private static final Duration MOST = Duration.ofSeconds(60);

    private OverrideText() {}

    static Duration parse(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (shape.matches()) {
            long number = Long.parseLong(shape.group(1));
            Duration duration = switch (shape.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                default -> Duration.ofMinutes(number);
            };
            if (duration.compareTo(LEAST) >= 0 && duration.compareTo(MOST) <= 0) {
                return duration;
            }
        }
        throw new InvalidValueException(
                "found " + Quoted.of(text) + ", expected a duration from 250ms to 60s, for example \"3s\"");
    }

    static String of(Duration duration) {
        return duration.toMillisPart() == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
