package io.github.printer2mqtt.cli;

import io.github.printer2mqtt.text.TextSanitizer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes texts from a bridge or printer safe for a terminal: one line without control characters. */
public final class TerminalText {
    private static final int MAX_LENGTH = 500;

    private TerminalText() {}

    public static String line(String text) {
        String line = TextSanitizer.line(text, MAX_LENGTH);
        return line == null ? "" : line;
    }

    /** The objects in the list at a key of a document; none if there is no list. */
    public static List<JsonObject> objects(JsonObject document, String key) {
        return document.getValue(key) instanceof JsonArray list
                ? list.stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList()
                : List.of();
    }

    /** Adds a line for a value that is not null. */
    public static void addField(List<String> lines, String name, @Nullable String value) {
        if (value != null) {
            lines.add(String.format(Locale.ROOT, "%-12s %s", name, value));
        }
    }

    /** The string at a key of a document; null if there is none. */
    public static @Nullable String text(JsonObject document, String key) {
        return document.getValue(key) instanceof String text ? TextSanitizer.line(text, MAX_LENGTH) : null;
    }
}
