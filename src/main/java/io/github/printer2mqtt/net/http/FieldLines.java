package io.github.printer2mqtt.net.http;

import java.util.ArrayList;
import java.util.List;

/** Reads the lines of one HTTP field as RFC 9110, section 5.6, defines it. Pure. */
public final class FieldLines {
    private FieldLines() {}

    /**
     * The elements of a field that is a list, over all its lines and in their order: without the blanks around them,
     * without empty ones, and with commas inside quoted strings left alone.
     */
    public static List<String> elements(List<String> lines) {
        List<String> elements = new ArrayList<>();
        for (String line : lines) {
            addElements(line, elements);
        }
        return elements;
    }

    /** Whether an element of a list is this token, whatever its case. */
    static boolean containsToken(List<String> lines, String token) {
        return elements(lines).stream().anyMatch(token::equalsIgnoreCase);
    }

    private static void addElements(String line, List<String> elements) {
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                addElement(line.substring(start, i), elements);
                start = i + 1;
            }
        }
        addElement(line.substring(start), elements);
    }

    private static void addElement(String element, List<String> elements) {
        String stripped = element.strip();
        if (!stripped.isEmpty()) {
            elements.add(stripped);
        }
    }
}
