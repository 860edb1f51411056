package io.github.printer2mqtt.registration.csv;

import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.text.NearestWord;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The column names of a CSV file.
 *
 * @param names from left to right; an unnamed column has an empty name
 */
record CsvHeader(List<String> names) {
    /** @throws RegistrationException for the first unknown or duplicate name */
    static CsvHeader parse(CsvRow row, List<String> known) {
        List<String> names = row.cells().stream().map(String::strip).toList();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            // The name is not shown: in a file without a header it may be a secret.
            if (!name.isEmpty() && !known.contains(name)) {
                String nearest = NearestWord.of(name, known);
                throw RegistrationCsv.errorAt(
                        row.line(),
                        "found an unknown name in column " + (i + 1)
                                + (nearest == null
                                        ? ", expected a header line with names from " + String.join(", ", known)
                                        : " (did you mean " + nearest + "?)"));
            }
            if (!name.isEmpty() && !seen.add(name)) {
                throw RegistrationCsv.errorAt(row.line(), "found the column " + name + " twice, expected it once");
            }
        }
        return new CsvHeader(names);
    }

    /** The error of a row that has more cells than the header; null if it fits. Blank cells of unnamed columns are ignored. */
    @Nullable RegistrationException mismatch(CsvRow row) {
        List<String> cells = row.cells();
        int last = cells.size();
        while (last > names.size() && cells.get(last - 1).isBlank()) {
            last--;
        }
        if (last > names.size()) {
            return RegistrationCsv.errorAt(
                    row.line(), "found " + last + " cells, expected at most " + names.size() + " as in the header");
        }
        for (int i = 0; i < last; i++) {
            if (names.get(i).isEmpty() && !cells.get(i).isBlank()) {
                return RegistrationCsv.errorAt(
                        row.line(),
                        "found a value in column " + (i + 1)
                                + ", which has no name in the header; name the column or empty the cell");
            }
        }
        return null;
    }
}
