package io.github.printer2mqtt.registration.csv;

import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.registration.RegistrationDocument;
import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Registrations as a table: a header with the names of the fields, nested ones with a dot, lists separated by semicolons.
 * An empty cell is a field that is not set; a list that is set and empty, which means something else, is {@code none}.
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
            "tls.fingerprint",
            "alerts.rules",
            "alerts.offline.after",
            "alerts.stalled.after",
            "alerts.temperature.after",
            "alerts.temperature.deviation",
            "alerts.temperature.nozzle_limit",
            "alerts.temperature.bed_limit",
            "alerts.not_cleared.after",
            "commands.mqtt");
    private static final Set<String> NUMBERS = Set.of(
            "polling.offline_after",
            "alerts.temperature.deviation",
            "alerts.temperature.nozzle_limit",
            "alerts.temperature.bed_limit");
    private static final Set<String> LISTS = Set.of("tags", "alerts.rules", "commands.mqtt");
    private static final Set<String> LISTS_OF_WORDS = Set.of("alerts.rules", "commands.mqtt");
    private static final List<String> SECRET_COLUMNS = List.of("api_key", "username", "password");
    private static final String NO_WORDS = "none";
    private static final String FORMULA = "=+-@";
    private static final String LINE_END = "\r\n";

    private RegistrationCsv() {}

    /** The table of all registrations, without credentials. */
    public static String write(List<Registration> registrations) {
        StringBuilder table = new StringBuilder();
        line(table, COLUMNS);
        for (Registration registered : registrations) {
            JsonObject document = RegistrationDocument.of(registered.printer());
            line(
                    table,
                    COLUMNS.stream()
                            .map(column -> cell(column, value(document, column)))
                            .toList());
        }
        return table.toString();
    }

    /**
     * The rows as registrations; an empty cell is an absent field.
     *
     * @throws RegistrationException with every wrong line, if the text is no such table
     */
    public static RegistrationRows read(String text) {
        List<CsvLine> lines = CsvLine.all(text);
        JsonArray rows = new JsonArray();
        List<Integer> numbers = new ArrayList<>();
        if (lines.isEmpty()) {
            return new RegistrationRows(rows, numbers);
        }
        List<String> known = new ArrayList<>(COLUMNS);
        known.addAll(SECRET_COLUMNS);
        CsvHeader header = CsvHeader.parse(lines.get(0), known);
        List<RegistrationException> problems = new ArrayList<>();
        for (CsvLine line : lines.subList(1, lines.size())) {
            RegistrationException mismatch = header.mismatch(line);
            if (mismatch != null) {
                problems.add(mismatch);
            } else {
                rows.add(row(header, line));
                numbers.add(line.number());
            }
        }
        RegistrationException.throwIfAny(problems);
        return new RegistrationRows(rows, numbers);
    }

    private static JsonObject row(CsvHeader header, CsvLine line) {
        JsonObject row = new JsonObject();
        int cells = Math.min(line.cells().size(), header.names().size());
        for (int i = 0; i < cells; i++) {
            put(row, header.names().get(i), line.cells().get(i));
        }
        return row;
    }

    static RegistrationException problem(int line, String message) {
        return new RegistrationException(Code.INVALID_FIELD, "line " + line, message);
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
        String[] path = column.split("\\.", -1);
        JsonObject place = row;
        for (int i = 0; i < path.length - 1; i++) {
            place = inner(place, path[i]);
        }
        place.put(path[path.length - 1], typed(column, text));
    }

    private static Object typed(String column, String text) {
        if (LISTS.contains(column)) {
            return list(column, text);
        }
        if (column.equals("enabled") && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
            return Boolean.valueOf(text);
        }
        return NUMBERS.contains(column) && text.matches("\\d{1,9}") ? Integer.valueOf(text) : text;
    }

    private static JsonArray list(String column, String text) {
        JsonArray list = new JsonArray();
        if (LISTS_OF_WORDS.contains(column) && text.equals(NO_WORDS)) {
            return list;
        }
        for (String element : text.split(";", -1)) {
            if (!element.isBlank()) {
                list.add(element.strip());
            }
        }
        return list;
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
        Object value = document;
        for (String name : column.split("\\.", -1)) {
            value = value instanceof JsonObject object ? object.getValue(name) : null;
        }
        return value;
    }

    private static String cell(String column, @Nullable Object value) {
        if (value instanceof JsonArray list) {
            return list.isEmpty() && LISTS_OF_WORDS.contains(column)
                    ? NO_WORDS
                    : disarmed(list.stream().map(String::valueOf).collect(Collectors.joining(";")));
        }
        return value == null ? "" : disarmed(value.toString());
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
