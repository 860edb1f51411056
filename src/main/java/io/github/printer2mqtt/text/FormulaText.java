package io.github.printer2mqtt.text;

/** Texts in CSV files that a spreadsheet must not run as formulas: it shows a text behind an apostrophe as it is. Pure. */
public final class FormulaText {
    private static final String FORMULA_START = "=+-@";

    private FormulaText() {}

    public static String escape(String text) {
        return needsEscape(text) ? "'" + text : text;
    }

    public static String unescape(String text) {
        return text.startsWith("'") && needsEscape(text.substring(1)) ? text.substring(1) : text;
    }

    /** A formula, or a text that looks like an escaped one. */
    private static boolean needsEscape(String text) {
        return !text.isEmpty()
                && (FORMULA_START.indexOf(text.charAt(0)) >= 0
                        || (text.charAt(0) == '\'' && needsEscape(text.substring(1))));
    }
}
