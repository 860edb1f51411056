package io.github.printer2mqtt.text;

/** How a text that somebody else wrote is shown in a message: in quotes, on one line, shortened. */
public final class QuotedText {
    private static final int LONGEST = 80;

    private QuotedText() {}

    /** The text in double quotes; control characters become {@code ?} and more than 80 characters are cut. */
    public static String of(String text) {
        String shortened = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return '"' + shortened.replaceAll("[\\p{Cntrl}\\p{Cf}\"]", "?") + '"';
    }
}
