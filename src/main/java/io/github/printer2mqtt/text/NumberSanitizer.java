package io.github.printer2mqtt.text;

import org.jspecify.annotations.Nullable;

/** Makes numbers from printers safe for documents: finite, in range, rounded. Anything else becomes null. */
public final class NumberSanitizer {
    private NumberSanitizer() {}

    static @Nullable Double toTenth(@Nullable Double value) {
        if (value == null || !Double.isFinite(value) || Math.abs(value) > 1e6) {
            return null;
        }
        double rounded = Math.round(value * 10) / 10.0;
        return rounded == 0 ? 0.0 : rounded; // avoids -0.0 in documents
    }

    /** A physically plausible temperature. */
    public static @Nullable Double celsius(@Nullable Double value) {
        Double rounded = toTenth(value);
        return rounded == null || rounded < -273.2 || rounded > 2000 ? null : rounded;
    }

    public static @Nullable Double percent(@Nullable Double value) {
        Double rounded = toTenth(value);
        return rounded == null ? null : Double.valueOf(Math.max(0, Math.min(100, rounded)));
    }

    public static @Nullable Long seconds(@Nullable Long value) {
        return value == null || value < 0 || value > 366L * 24 * 3600 ? null : value;
    }

    public static @Nullable Integer upTo(int max, @Nullable Integer value) {
        return value == null || value < 0 || value > max ? null : value;
    }
}
