package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.printer.Printer;
import io.github.printer2mqtt.registration.RegistrationProblem.Code;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registrations as a table: a header with the names of the fields, nested ones with a dot, tags separated by semicolons.
 * Credentials go in and never out. Cells that a spreadsheet would run as a formula carry an apostrophe in front. Pure.
 */
public final class RegistrationCsv {
    private static final List<String> COLUMNS = List.of(
            "id",
            "name",
            "driver",
            "address",
            "group",
            "tags",
            "model",
            "enabled",
            "polling.timeout",
            "polling.offline_after",
            "tls.fingerprint");
    private static final List<String> SECRET_COLUMNS = List.of("api_key", "username", "password");
    private static final String FORMULA = "=+-@";
    private static final String LINE_END = "\r\n";

    private RegistrationCsv() {}

    /** The table of all registrations, without credentials. */
    public static String write(List<Registered> registrations) {
        StringBuilder table = new StringBuilder();
        line(table, COLUMNS);
        for (Registered registered : registrations) {
            Printer printer = registered.printer();
            JsonObject document = RegistrationDocument.of(printer);
            List<String> cells = new ArrayList<>();
            for (String column : COLUMNS) {
                Object value = column.equals("tags") ? String.join(";", printer.tags()) : value(document, column);
                cells.add(value == null ? "" : disarmed(value.toString()));
            }
            line(table, cells);
        }
        return table.toString();
    }

    /**
     * The rows as registrations for {@link Registrations#importAll}; an empty cell is an absent field.
     *
     * @throws RegistrationProblem with the line, if the text is no such table
     */
    public static JsonArray read(String text) {
        List<CsvLine> lines = CsvLine.all(text);
        JsonArray rows = new JsonArray();
        if (lines.isEmpty()) {
            return rows;
        }
        List<String> header = header(lines.get(0));
        for (CsvLine line : lines.subList(1, lines.size())) {
            if (line.cells().size() > header.size()) {
                throw problem(
                        line.number(), "found " + line.cells().size() + " cells, expected at most " + header.size());
            }
            JsonObject row = new JsonObject();
            for (int i = 0; i < line.cells().size(); i++) {
                put(row, header.get(i), line.cells().get(i));
            }
            rows.add(row);
        }
        return rows;
    }

    static RegistrationProblem problem(int line, String message) {
        return new RegistrationProblem(Code.INVALID_FIELD, "line " + line, message);
    }

    private static List<String> header(CsvLine line) {
        List<String> known = new ArrayList<>(COLUMNS);
        known.addAll(SECRET_COLUMNS);
        List<String> header = line.cells().stream().map(String::strip).toList();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < header.size(); i++) {
            // The text is not shown: a table without a header has a secret where this looks for a name.
            if (!known.contains(header.get(i))) {
                throw problem(
                        line.number(),
                        "found an unknown name in column " + (i + 1) + ", expected a header of some of "
                                + String.join(", ", known));
            }
            if (!seen.add(header.get(i))) {
                throw problem(line.number(), "found " + header.get(i) + " twice, expected it once");
            }
        }
        return header;
    }

    private static void put(JsonObject row, String column, String cell) {
        if (cell.isBlank()) {
            return;
        }
        if (SECRET_COLUMNS.contains(column)) {
            inner(row, "credentials").put(column, cell);
            return;
        }
        String text = armed(cell.strip());
        int dot = column.indexOf('.');
        if (dot >= 0) {
            inner(row, column.substring(0, dot)).put(column.substring(dot + 1), typed(column, text));
        } else if (column.equals("tags")) {
            row.put(column, tags(text));
        } else {
            row.put(column, typed(column, text));
        }
    }

    private static Object typed(String column, String text) {
        if (column.equals("enabled") && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
            return Boolean.valueOf(text);
        }
        return column.equals("polling.offline_after") && text.matches("\\d{1,9}") ? Integer.valueOf(text) : text;
    }

    private static JsonArray tags(String text) {
        JsonArray tags = new JsonArray();
        for (String tag : text.split(";", -1)) {
            if (!tag.isBlank()) {
                tags.add(tag.strip());
            }
        }
        return tags;
    }

    private static JsonObject inner(JsonObject row, String name) {
        JsonObject known = row.getJsonObject(name);
        if (known != null) {
            return known;
        }
        JsonObject made = new JsonObject();
        row.put(name, made);
        return made;
    }

    private static @Nullable Object value(JsonObject document, String column) {
        int dot = column.indexOf('.');
        return dot < 0
                ? document.getValue(column)
                : document.getJsonObject(column.substring(0, dot)).getValue(column.substring(dot + 1));
    }

    private static String disarmed(String text) {
        return isArmed(text) ? "'" + text : text;
    }

    private static String armed(String text) {
        return text.startsWith("'") && isArmed(text.substring(1)) ? text.substring(1) : text;
    }

    /** A formula, or a text that would be taken for a disarmed one. */
    private static boolean isArmed(String text) {
        return !text.isEmpty()
                && (FORMULA.indexOf(text.charAt(0)) >= 0 || (text.charAt(0) == '\'' && isArmed(text.substring(1))));
    }

    private static void line(StringBuilder table, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            boolean plain = cell.chars().noneMatch(each -> each == ',' || each == '"' || each == '\r' || each == '\n');
            table.append(i == 0 ? "" : ",").append(plain ? cell : '"' + cell.replace("\"", "\"\"") + '"');
        }
        table.append(LINE_END);
    }
}
