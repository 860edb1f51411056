package io.github.printer2mqtt.text;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Texts for people. */
public final class HumanDuration {
    private HumanDuration() {}

    /** {@code 90 seconds}, {@code 5 minutes}, {@code 1 hour}: in the largest unit that is exact. */
    public static String of(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds > 0 && seconds % 3600 == 0) {
            return counted(seconds / 3600, "hour");
        }
        return seconds > 0 && seconds % 60 == 0 ? counted(seconds / 60, "minute") : counted(seconds, "second");
    }

    /** {@code what: detail}, or only what if there is none. */
    public static String with(String what, @Nullable String detail) {
        return detail == null ? what : what + ": " + detail;
    }

    private static String counted(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
