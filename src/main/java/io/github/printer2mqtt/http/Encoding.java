package io.github.printer2mqtt.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the body of a list travels. */
enum Encoding {
    IDENTITY,
    GZIP;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a client wants, from its Accept-Encoding (RFC 9110, 12.5.3); null means it sent none. */
    static Encoding wanted(@Nullable String accepted) {
        boolean any = false;
        if (accepted != null) {
            for (String choice : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
                String[] parts = choice.split(";", 2);
                String coding = parts[0].strip();
                boolean welcome = parts.length < 2 || !isZero(parts[1]);
                if (coding.equals("gzip")) {
                    return welcome ? GZIP : IDENTITY;
                }
                any |= coding.equals("*") && welcome;
            }
        }
        return any ? GZIP : IDENTITY;
    }

    private static boolean isZero(String weight) {
        return weight.replace(" ", "").matches("q=0(\\.0*)?");
    }
}
