package io.github.printer2mqtt.net;

import java.util.regex.Pattern;

/**
 * Repairs two frequent errors in the JSON of printers: removes stray commas, and replaces numbers as C and Python print
 * them ({@code nan}, {@code -inf}, {@code nan(ind)}, {@code 1.#QNAN}, ignoring case) by null. Strings are copied
 * unchanged; other errors are left to the parser.
 */
final class JsonRepair {
    /** Source: C17 7.21.6.1, the runtime library of Visual C++ before 2015, and Python's {@code repr} of a float. */
    private static final Pattern NOT_A_NUMBER = Pattern.compile(
            "[+-]?(?:[qs]?nan[qs]?(?:\\([\\w-]*\\))?|inf(?:inity)?|1\\.#(?:ind|inf|[qs]nan)0*)",
            Pattern.CASE_INSENSITIVE);

    /** The longest spelling has about twenty characters. */
    private static final int MAX_TOKEN_LENGTH = 40;

    private final String text;
    private final StringBuilder repaired = new StringBuilder();

    /** The text before this index has been copied to {@link #repaired} or dropped. */
    private int copied;

    /** The last character outside a string, without blanks and dropped commas. */
    private char before = ' ';

    /** The index of a comma that no value has followed yet; -1 for none. */
    private int openComma = -1;

    private JsonRepair(String text) {
        this.text = text;
    }

    /** The repaired text; the same instance if there is nothing to repair. */
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
            } else if (isTokenPart(c)) {
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

    private void dropOpenComma() {
        if (openComma >= 0) {
            replace(openComma, openComma + 1, "");
            openComma = -1;
        }
    }

    private int word(int start) {
        int end = start + 1;
        while (end < text.length() && isTokenPart(text.charAt(end))) {
            end++;
        }
        if (mayBeNotANumber(start, end)
                && NOT_A_NUMBER.matcher(text).region(start, end).matches()) {
            replace(start, end, "null");
        }
        return end;
    }

    /** Cheap check, so that the pattern is not applied to ordinary numbers. */
    private boolean mayBeNotANumber(int start, int end) {
        char first = text.charAt(start);
        char digits = (first == '-' || first == '+') && end - start > 1 ? text.charAt(start + 1) : first;
        boolean isDigit = digits >= '0' && digits <= '9';
        return end - start <= MAX_TOKEN_LENGTH
                && (!isDigit || text.startsWith(".#", start + (digits == first ? 1 : 2)));
    }

    private static boolean isTokenPart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "+-.#()_".indexOf(c) >= 0;
    }

    /** The index after the closing quote, or the end of the text. */
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
