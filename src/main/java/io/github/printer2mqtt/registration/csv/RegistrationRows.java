package io.github.printer2mqtt.registration.csv;

import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationService;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The registrations of a CSV file, and where each came from.
 *
 * @param rows registrations for {@link RegistrationService#importAll}
 * @param lines number of the line on which each row begins, counted from 1
 */
public record RegistrationRows(JsonArray rows, List<Integer> lines) {
    private static final Pattern ROW_FIELD = Pattern.compile("\\[(\\d{1,9})](?:\\.(?:credentials\\.)?(.+))?");

    public RegistrationRows {
        lines = List.copyOf(lines);
    }

    /** Import errors with line and column instead of row and field: {@code line 4, polling.timeout} for {@code [2].polling.timeout}. */
    public RegistrationException withLines(RegistrationException errors) {
        return RegistrationException.of(
                errors.all().stream().map(this::withLine).toList());
    }

    private RegistrationException withLine(RegistrationException error) {
        String field = error.field();
        Matcher rowField = ROW_FIELD.matcher(field == null ? "" : field);
        if (!rowField.matches() || Integer.parseInt(rowField.group(1)) >= lines.size()) {
            return error;
        }
        String column = rowField.group(2);
        return error.at(
                "line " + lines.get(Integer.parseInt(rowField.group(1))) + (column == null ? "" : ", " + column));
    }
}
