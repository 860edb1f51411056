package io.github.printer2mqtt.net.http;

import java.util.ArrayList;
import java.util.List;

/** Parses list-valued HTTP fields (RFC 9110, section 5.6). */
public final class FieldLines {
    private FieldLines() {}

    /**
     * The elements of all lines in order, stripped and without empty ones; commas in quoted strings do not separate.
     */
    public static List<String> elements(List<String> lines) {
        List<String> elements = new ArrayList<>();
        for (String line : lines) {
            addElements(line, elements);
        }
        return elements;
    }

    /** Whether one element is this token, ignoring case. */
    public static boolean containsToken(List<String> lines, String token) {
        return elements(lines).stream().anyMatch(token::equalsIgnoreCase);
    }

    private static void addElements(String line, List<String> elements) {
        for (String element : split(line, ',')) {
            String stripped = element.strip();
            if (!stripped.isEmpty()) {
                elements.add(stripped);
            }
        }
    }

    /** The parts between separators outside quoted strings, as written. */
    public static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
