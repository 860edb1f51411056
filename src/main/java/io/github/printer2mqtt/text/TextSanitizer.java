package io.github.printer2mqtt.text;

import org.jspecify.annotations.Nullable;

/** Makes a text from a printer or user safe for documents: valid Unicode, one line, bounded length. */
public final class TextSanitizer {
    private TextSanitizer() {}

    /**
     * The text without control, format and unpaired surrogate characters, trimmed and cut to a maximum length; null if
     * nothing is left.
     */
    public static @Nullable String line(@Nullable String text, int maxLength) {
        if (text == null) {
            return null;
        }
        StringBuilder clean = new StringBuilder(Math.min(text.length(), maxLength));
        for (int i = 0; i < text.length() && clean.length() < maxLength; ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            int kind = Character.getType(point);
            if (kind == Character.CONTROL
                    || kind == Character.LINE_SEPARATOR
                    || kind == Character.PARAGRAPH_SEPARATOR) {
                clean.append(' ');
            } else if (kind != Character.SURROGATE && kind != Character.FORMAT && fits(clean, point, maxLength)) {
                clean.appendCodePoint(point);
            }
        }
        String line = clean.toString().strip();
        return line.isEmpty() ? null : line;
    }

    private static boolean fits(StringBuilder clean, int point, int maxLength) {
        return clean.length() + Character.charCount(point) <= maxLength;
    }
}
