package io.github.printer2mqtt.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as users write them: {@code 500ms}, {@code 2s}, {@code 5m}, {@code 1h}. */
final class DurationText {
    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
    private static final String EXPECTED = "a duration such as \"500ms\", \"2s\" or \"5m\"";

    private DurationText() {}

    static Duration parse(String text) throws InvalidSettingException {
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            throw InvalidSettingException.expected(EXPECTED);
        }
        long number = Long.parseLong(shape.group(1));
        return switch (shape.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    /** As a user would write it, in the largest unit that is exact. */
    static String of(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
