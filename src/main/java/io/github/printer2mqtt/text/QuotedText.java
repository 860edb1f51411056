package io.github.printer2mqtt.text;

/** Shows untrusted text in a message: quoted, on one line, shortened. */
public final class QuotedText {
    private static final int MAX_LENGTH = 80;

    private QuotedText() {}

    /** The text in double quotes; control characters become {@code ?}, and it is cut after 80 characters. */
    public static String of(String text) {
        String shortened = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
        return '"' + shortened.replaceAll("[\\p{Cntrl}\\p{Cf}\"]", "?") + '"';
    }
}
