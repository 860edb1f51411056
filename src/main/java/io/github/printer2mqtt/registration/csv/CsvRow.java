package io.github.printer2mqtt.registration.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One row of a CSV file.
 *
 * @param line number of its first line, counted from 1
 * @param cells at least one
 */
record CsvRow(int line, List<String> cells) {
    /** FastCSV accepts a quote that is never closed. Such a quote swallows this last row. */
    private static final String LAST_ROW = "end";

    /**
     * All rows except blank ones. The separator is a comma, a semicolon or a tab.
     *
     * @throws RegistrationException if a quote is not closed or text follows a closing quote
     */
    static List<CsvRow> readAll(String text) {
        String table = text.startsWith("\uFEFF") ? text.substring(1) : text;
        String declaration = separatorDeclaration(table);
        char separator = declaration.isEmpty() ? mostFrequentSeparator(table) : declaration.charAt("sep=".length());
        RowBuilder builder = new RowBuilder();
        List<CsvRow> rows = new ArrayList<>();
        try {
            CsvReader.builder()
                    .fieldSeparator(separator)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .build(builder, table + "\n" + LAST_ROW)
                    .forEach(rows::add);
        } catch (CsvParseException e) {
            // Its message may quote the text, which may be a secret.
            throw RegistrationCsv.errorAt(
                    builder.line,
                    "found text after a closing quote, expected a separator or the end of the line; write a quote"
                            + " inside a cell twice");
        }
        CsvRow last = rows.remove(rows.size() - 1);
        if (!last.cells.equals(List.of(LAST_ROW))) {
            throw RegistrationCsv.errorAt(last.line, "found a quote that is never closed, expected a second quote");
        }
        if (!declaration.isEmpty()) {
            rows.remove(0);
        }
        rows.removeIf(row -> row.cells.stream().allMatch(String::isBlank));
        return rows;
    }

    /** A first line such as {@code sep=;}, which Excel reads and writes; empty if there is none. */
    private static String separatorDeclaration(String table) {
        String first = table.lines().findFirst().orElse("").toLowerCase(Locale.ROOT);
        return first.matches("sep=[,;\t],*") ? first : "";
    }

    /** Spreadsheets write semicolons where the comma is the decimal sign, and tabs for copied cells. */
    private static char mostFrequentSeparator(String table) {
        String header =
                table.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        char best = ',';
        for (char separator : new char[] {';', '\t'}) {
            if (count(header, separator) > count(header, best)) {
                best = separator;
            }
        }
        return best;
    }

    private static long count(String text, char character) {
        return text.chars().filter(each -> each == character).count();
    }

    /** Keeps the line of the current row, which FastCSV's exceptions name only in their text. */
    private static final class RowBuilder extends AbstractBaseCsvCallbackHandler<CsvRow> {
        private List<String> cells = new ArrayList<>();
        private int line;

        @Override
        protected void handleBegin(long startingLineNumber) {
            cells = new ArrayList<>();
            line = Math.toIntExact(startingLineNumber);
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            cells.add(new String(buffer, offset, length));
        }

        @Override
        protected CsvRow buildRecord() {
            return new CsvRow(line, cells);
        }
    }
}
