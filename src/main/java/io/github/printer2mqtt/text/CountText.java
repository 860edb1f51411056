package io.github.printer2mqtt.text;

/** Numbers of things in sentences: {@code 1 printer}, {@code 2 printers}. */
public final class CountText {
    private CountText() {}

    /** @param noun whose plural ends in s */
    public static String of(long count, String noun) {
        return of(count, noun, noun + "s");
    }

    /** @param one the noun, or a phrase of noun and verb, in the singular */
    public static String of(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
