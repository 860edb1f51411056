package io.github.printer2mqtt.net.http;

import java.util.regex.Pattern;

/**
 * Makes JSON of what printers send in its place: a comma with no value before or behind it is left out, and a number that
 * is none, as C and Python print it ({@code nan}, {@code -inf}, {@code nan(ind)}, {@code 1.#QNAN}, in any case), becomes
 * null. Strings are copied as they are. What else is wrong stays wrong and is the parser's business.
 */
final class JsonRepair {
    /** Source: C17 7.21.6.1, the runtime library of Visual C++ before 2015, and Python's {@code repr} of a float. */
    private static final Pattern NOT_A_NUMBER = Pattern.compile(
            "[+-]?(?:[qs]?nan[qs]?(?:\\([\\w-]*\\))?|inf(?:inity)?|1\\.#(?:ind|inf|[qs]nan)0*)",
            Pattern.CASE_INSENSITIVE);

    /** The longest spelling has about twenty characters. */
    private static final int LONGEST_WORD = 40;

    private final String text;
    private final StringBuilder repaired = new StringBuilder();

    /** Up to here the text is in {@link #repaired}, or was left out. */
    private int copied;

    /** The last character outside a string that is neither blank nor a comma left out. */
    private char before = ' ';

    /** Where the last comma stands that may still turn out to have no value behind it; -1 for none. */
    private int openComma = -1;

    private JsonRepair(String text) {
        this.text = text;
    }

    /** The text as JSON; the very same text where there is nothing to repair. */
    static String repaired(String text) {
        return new JsonRepair(text).run();
    }

    private String run() {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                at = endOfString(at);
                value(c);
            } else if (c == ',') {
                comma(at);
                at++;
            } else if (c == '}' || c == ']') {
                dropOpenComma();
                before = c;
                at++;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else if (isPartOfWord(c)) {
                at = word(at);
                value(c);
            } else {
                value(c);
                at++;
            }
        }
        return copied == 0 ? text : repaired.append(text, copied, text.length()).toString();
    }

    private void value(char c) {
        openComma = -1;
        before = c;
    }

    private void comma(int at) {
        if (before == '{' || before == '[') {
            replace(at, at + 1, "");
        } else {
            dropOpenComma();
            openComma = at;
        }
    }

    /** Nothing but blanks stands between that comma and here. */
    private void dropOpenComma() {
        if (openComma >= 0) {
            replace(openComma, openComma + 1, "");
            openComma = -1;
        }
    }

    private int word(int start) {
        int end = start + 1;
        while (end < text.length() && isPartOfWord(text.charAt(end))) {
            end++;
        }
        if (mayBeNotANumber(start, end)
                && NOT_A_NUMBER.matcher(text).region(start, end).matches()) {
            replace(start, end, "null");
        }
        return end;
    }

    /** Spares ordinary numbers the pattern. */
    private boolean mayBeNotANumber(int start, int end) {
        char first = text.charAt(start);
        char digits = (first == '-' || first == '+') && end - start > 1 ? text.charAt(start + 1) : first;
        boolean isDigit = digits >= '0' && digits <= '9';
        return end - start <= LONGEST_WORD && (!isDigit || text.startsWith(".#", start + (digits == first ? 1 : 2)));
    }

    private static boolean isPartOfWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "+-.#()_".indexOf(c) >= 0;
    }

    /** Behind the closing quote, or the end of a text that has none. */
    private int endOfString(int start) {
        for (int at = start + 1; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '"') {
                return at + 1;
            }
        }
        return text.length();
    }

    private void replace(int from, int to, String by) {
        repaired.append(text, copied, from).append(by);
        copied = to;
    }
}
