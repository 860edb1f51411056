package io.github.printer2mqtt.text;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as users write them ({@code 500ms}, {@code 2s}, {@code 5m}, {@code 1h}) and as sentences show them. */
public final class DurationText {
    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    private DurationText() {}

    /** The duration; empty if the text is not a whole number with a unit. */
    public static Optional<Duration> parse(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(shape.group(1));
        return Optional.of(
                switch (shape.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofHours(number);
                });
    }

    /** The text that {@link #parse} reads, in the largest unit that is exact. */
    public static String of(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    /** In seconds if they are exact, as in documents of the API: a minute is {@code 60s}. */
    public static String inSeconds(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    /** {@code 90 seconds}, {@code 5 minutes}, {@code 1 hour}: in the largest unit that is exact. */
    public static String inWords(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds > 0 && seconds % 3600 == 0) {
            return CountText.of(seconds / 3600, "hour");
        }
        return seconds > 0 && seconds % 60 == 0
                ? CountText.of(seconds / 60, "minute")
                : CountText.of(seconds, "second");
    }
}
