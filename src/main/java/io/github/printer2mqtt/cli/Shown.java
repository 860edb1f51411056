package io.github.printer2mqtt.cli;

import io.github.printer2mqtt.printer.Cleaned;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Texts of a bridge or printer as a terminal may show them: without control characters, on one line. */
final class Shown {
    private static final int LONGEST = 500;

    private Shown() {}

    static String line(String text) {
        String line = Cleaned.line(text, LONGEST);
        return line == null ? "" : line;
    }

    /** A text of a document; null if it has none there. */
    static @Nullable String text(JsonObject document, String key) {
        return document.getValue(key) instanceof String text ? Cleaned.line(text, LONGEST) : null;
    }
}
