package io.github.printer2mqtt.registration.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.registration.RegistrationDocument;
import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.text.FormulaText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes registrations as CSV: one column per field, nested fields with a dot, lists separated by semicolons. An
 * empty cell is an unset field, {@code none} an empty list. Credentials are read and never written.
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
            "maintenance",
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
    private static final Set<String> CHOICE_LISTS = Set.of("alerts.rules", "commands.mqtt");
    private static final List<String> SECRET_COLUMNS = List.of("api_key", "username", "password");
    private static final String EMPTY_LIST = "none";

    private RegistrationCsv() {}

    /** The file for all registrations, without credentials. */
    public static String write(List<Registration> registrations) {
        StringWriter text = new StringWriter();
        // Without a buffer of its own, the writer has nothing to flush at the end.
        CsvWriter csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.CRLF)
                .bufferSize(0)
                .build(text);
        csv.writeRecord(COLUMNS);
        for (Registration registration : registrations) {
            JsonObject document = RegistrationDocument.of(registration.printer());
            csv.writeRecord(COLUMNS.stream()
                    .map(column -> cell(column, value(document, column)))
                    .toList());
        }
        return text.toString();
    }

    /**
     * The rows as registrations; an empty cell is an absent field.
     *
     * @throws RegistrationException with an error for every invalid line
     */
    public static RegistrationRows read(String text) {
        List<CsvRow> rows = CsvRow.readAll(text);
        JsonArray registrations = new JsonArray();
        List<String> lines = new ArrayList<>();
        if (rows.isEmpty()) {
            return RegistrationRows.ofJson(registrations);
        }
        List<String> known = new ArrayList<>(COLUMNS);
        known.addAll(SECRET_COLUMNS);
        CsvHeader header = CsvHeader.parse(rows.get(0), known);
        List<RegistrationException> errors = new ArrayList<>();
        for (CsvRow row : rows.subList(1, rows.size())) {
            RegistrationException mismatch = header.mismatch(row);
            if (mismatch != null) {
                errors.add(mismatch);
            } else {
                registrations.add(registration(header, row));
                lines.add("line " + row.line());
            }
        }
        RegistrationException.throwIfAny(errors);
        return new RegistrationRows(registrations, lines, Map.of());
    }

    private static JsonObject registration(CsvHeader header, CsvRow row) {
        JsonObject registration = new JsonObject();
        int cells = Math.min(row.cells().size(), header.names().size());
        for (int i = 0; i < cells; i++) {
            put(registration, header.names().get(i), row.cells().get(i));
        }
        return registration;
    }

    static RegistrationException errorAt(int line, String message) {
        return new RegistrationException(Code.INVALID_FIELD, "line " + line, message);
    }

    private static void put(JsonObject registration, String column, String cell) {
        if (cell.isBlank()) {
            return;
        }
        if (SECRET_COLUMNS.contains(column)) {
            child(registration, "credentials").put(column, cell);
            return;
        }
        String[] path = column.split("\\.", -1);
        JsonObject parent = registration;
        for (int i = 0; i < path.length - 1; i++) {
            parent = child(parent, path[i]);
        }
        parent.put(path[path.length - 1], typed(column, FormulaText.unescape(cell.strip())));
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
        if (CHOICE_LISTS.contains(column) && text.equals(EMPTY_LIST)) {
            return list;
        }
        for (String element : text.split(";", -1)) {
            if (!element.isBlank()) {
                list.add(element.strip());
            }
        }
        return list;
    }

    private static JsonObject child(JsonObject parent, String name) {
        if (!parent.containsKey(name)) {
            parent.put(name, new JsonObject());
        }
        return parent.getJsonObject(name);
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
            return list.isEmpty() && CHOICE_LISTS.contains(column)
                    ? EMPTY_LIST
                    : FormulaText.escape(list.stream().map(String::valueOf).collect(Collectors.joining(";")));
        }
        return value == null ? "" : FormulaText.escape(value.toString());
    }
}
