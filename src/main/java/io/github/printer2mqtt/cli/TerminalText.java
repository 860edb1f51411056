package io.github.printer2mqtt.cli;

import io.github.printer2mqtt.text.TextSanitizer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Texts of a bridge or printer as a terminal may show them: without control characters, on one line. */
public final class TerminalText {
    private static final int LONGEST = 500;

    private TerminalText() {}

    public static String line(String text) {
        String line = TextSanitizer.line(text, LONGEST);
        return line == null ? "" : line;
    }

    /** A text of a document; null if it has none there. */
    public static @Nullable String text(JsonObject document, String key) {
        return document.getValue(key) instanceof String text ? TextSanitizer.line(text, LONGEST) : null;
    }
}
