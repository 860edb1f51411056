package io.github.printer2mqtt.registration.csv;

import java.util.ArrayList;
import java.util.List;

/**
 * One record of a table in the form of RFC 4180.
 *
 * @param number of the line it begins on, counted from 1
 * @param cells at least one
 */
record CsvLine(int number, List<String> cells) {
    /**
     * All records but those whose cells are all blank.
     *
     * @throws RegistrationException if a quote is never closed or text follows one
     */
    static List<CsvLine> all(String text) {
        String table = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return new Reader(table, CsvSeparator.of(table)).read();
    }

    private static final class Reader {
        private final String text;
        private final char separator;
        private final String ends;
        private int at;
        private int line;

        Reader(String text, CsvSeparator separator) {
            this.text = text;
            this.separator = separator.sign();
            this.ends = separator.sign() + "\r\n";
            this.at = separator.begin();
            this.line = separator.line();
        }

        List<CsvLine> read() {
            List<CsvLine> lines = new ArrayList<>();
            while (at < text.length()) {
                int number = line;
                List<String> cells = record();
                if (!cells.stream().allMatch(String::isBlank)) {
                    lines.add(new CsvLine(number, cells));
                }
            }
            return lines;
        }

        private List<String> record() {
            List<String> cells = new ArrayList<>();
            while (true) {
                cells.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
                if (at >= text.length()) {
                    return cells;
                }
                char end = text.charAt(at++);
                if (end != separator) {
                    if (end == '\r' && at < text.length() && text.charAt(at) == '\n') {
                        at++;
                    }
                    line++;
                    return cells;
                }
            }
        }

        private String plain() {
            int from = at;
            while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(from, at);
        }

        private String quoted() {
            int begin = line;
            StringBuilder cell = new StringBuilder();
            for (at++; at < text.length(); at++) {
                char each = text.charAt(at);
                if (each == '"') {
                    boolean doubled = at + 1 < text.length() && text.charAt(at + 1) == '"';
                    if (!doubled) {
                        at++;
                        expectEnd();
                        return cell.toString();
                    }
                    at++;
                } else if (each == '\n') {
                    line++;
                }
                cell.append(each);
            }
            throw RegistrationCsv.problem(begin, "found a quote that is never closed");
        }

        private void expectEnd() {
            if (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
                throw RegistrationCsv.problem(
                        line, "found text behind a closing quote, expected the next cell or line");
            }
        }
    }
}
