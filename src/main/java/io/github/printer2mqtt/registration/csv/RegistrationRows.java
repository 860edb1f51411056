package io.github.printer2mqtt.registration.csv;

import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationService;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The registrations of a file, and where each came from.
 *
 * @param rows registrations for {@link RegistrationService#importAll}
 * @param origins where each row is in the file, such as {@code line 4}; empty if the paths of the rows are those of the file
 * @param names what the file calls fields of a registration, if not by their own name
 */
public record RegistrationRows(JsonArray rows, List<String> origins, Map<String, String> names) {
    private static final Pattern ROW_FIELD = Pattern.compile("\\[(\\d{1,9})](?:\\.(?:credentials\\.)?(.+))?");

    public RegistrationRows {
        origins = List.copyOf(origins);
        names = Map.copyOf(names);
    }

    /** Rows of a JSON file, whose errors keep their paths. */
    public static RegistrationRows ofJson(JsonArray rows) {
        return new RegistrationRows(rows, List.of(), Map.of());
    }

    /** Import errors with the place in the file instead of row and field: {@code line 4, polling.timeout} for {@code [2].polling.timeout}. */
    public RegistrationException withOrigins(RegistrationException errors) {
        return RegistrationException.of(
                errors.all().stream().map(this::withOrigin).toList());
    }

    private RegistrationException withOrigin(RegistrationException error) {
        String field = error.field();
        Matcher rowField = ROW_FIELD.matcher(field == null ? "" : field);
        if (!rowField.matches() || Integer.parseInt(rowField.group(1)) >= origins.size()) {
            return error;
        }
        String column = rowField.group(2);
        return error.at(origins.get(Integer.parseInt(rowField.group(1)))
                + (column == null ? "" : ", " + names.getOrDefault(column, column)));
    }
}
