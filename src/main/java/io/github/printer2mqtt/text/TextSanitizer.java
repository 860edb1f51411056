package io.github.printer2mqtt.text;

import org.jspecify.annotations.Nullable;

/** Makes a text of a printer or user fit for a document: valid Unicode, one line, of bounded length. */
public final class TextSanitizer {
    private TextSanitizer() {}

    /**
     * The text without control, format and unpaired surrogate characters, trimmed, cut to a number of characters; null
     * if nothing is left.
     */
    public static @Nullable String line(@Nullable String text, int longest) {
        if (text == null) {
            return null;
        }
        StringBuilder clean = new StringBuilder(Math.min(text.length(), longest));
        for (int i = 0; i < text.length() && clean.length() < longest; ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            int kind = Character.getType(point);
            if (kind == Character.CONTROL
                    || kind == Character.LINE_SEPARATOR
                    || kind == Character.PARAGRAPH_SEPARATOR) {
                clean.append(' ');
            } else if (kind != Character.SURROGATE && kind != Character.FORMAT && fits(clean, point, longest)) {
                clean.appendCodePoint(point);
            }
        }
        String line = clean.toString().strip();
        return line.isEmpty() ? null : line;
    }

    private static boolean fits(StringBuilder clean, int point, int longest) {
        return clean.length() + Character.charCount(point) <= longest;
    }
}
