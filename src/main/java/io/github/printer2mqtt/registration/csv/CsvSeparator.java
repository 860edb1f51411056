package io.github.printer2mqtt.registration.csv;

import java.util.List;
import java.util.Locale;

/**
 * What separates the cells of a table. Spreadsheets write a semicolon where a comma is the decimal sign, and a tab where
 * cells are copied.
 *
 * @param sign between two cells
 * @param begin of the first record, behind a line such as {@code sep=;}
 * @param line on which that record begins, counted from 1
 */
record CsvSeparator(char sign, int begin, int line) {
    private static final List<Character> SIGNS = List.of(',', ';', '\t');

    /** The one that the text declares, else the one that its first line has most of. */
    static CsvSeparator of(String text) {
        String first = text.lines().findFirst().orElse("");
        if (first.toLowerCase(Locale.ROOT).matches("sep=[,;\t],*")) {
            int end = first.length();
            int lineEnd = text.startsWith("\r\n", end) ? 2 : Math.min(1, text.length() - end);
            return new CsvSeparator(first.charAt("sep=".length()), end + lineEnd, 2);
        }
        String header = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        char most = ',';
        for (char sign : SIGNS) {
            if (count(header, sign) > count(header, most)) {
                most = sign;
            }
        }
        return new CsvSeparator(most, 0, 1);
    }

    private static long count(String text, char sign) {
        return text.chars().filter(each -> each == sign).count();
    }
}
