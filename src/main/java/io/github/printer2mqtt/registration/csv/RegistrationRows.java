package io.github.printer2mqtt.registration.csv;

import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationService;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rows of a table, as a user wrote it.
 *
 * @param rows registrations for {@link RegistrationService#importAll}
 * @param lines on which line of the text each row begins, counted from 1
 */
public record RegistrationRows(JsonArray rows, List<Integer> lines) {
    private static final Pattern PLACE = Pattern.compile("\\[(\\d{1,9})](?:\\.(?:credentials\\.)?(.+))?");

    public RegistrationRows {
        lines = List.copyOf(lines);
    }

    /** A problem of the import in the words of the table: {@code line 4, polling.timeout} instead of {@code [2].polling.timeout}. */
    public RegistrationException inTable(RegistrationException problem) {
        return RegistrationException.of(
                problem.all().stream().map(this::oneInTable).toList());
    }

    private RegistrationException oneInTable(RegistrationException problem) {
        String field = problem.field();
        Matcher place = PLACE.matcher(field == null ? "" : field);
        if (!place.matches() || Integer.parseInt(place.group(1)) >= lines.size()) {
            return problem;
        }
        String column = place.group(2);
        return new RegistrationException(
                problem.code(),
                "line " + lines.get(Integer.parseInt(place.group(1))) + (column == null ? "" : ", " + column),
                String.valueOf(problem.getMessage()));
    }
}
