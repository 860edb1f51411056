package io.github.printer2mqtt.cli;

import io.github.printer2mqtt.text.TextSanitizer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Makes texts from a bridge or printer safe for a terminal: one line without control characters. */
public final class TerminalText {
    private static final int MAX_LENGTH = 500;

    private TerminalText() {}

    public static String line(String text) {
        String line = TextSanitizer.line(text, MAX_LENGTH);
        return line == null ? "" : line;
    }

    /** The string at a key of a document; null if there is none. */
    public static @Nullable String text(JsonObject document, String key) {
        return document.getValue(key) instanceof String text ? TextSanitizer.line(text, MAX_LENGTH) : null;
    }
}
