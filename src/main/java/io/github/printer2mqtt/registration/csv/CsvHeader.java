package io.github.printer2mqtt.registration.csv;

import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.text.NearestWord;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of a table's columns.
 *
 * @param names from left to right; empty for a column that a spreadsheet left without one
 */
record CsvHeader(List<String> names) {
    /** @throws RegistrationException about the first name that is unknown or there twice */
    static CsvHeader parse(CsvLine line, List<String> known) {
        List<String> names = line.cells().stream().map(String::strip).toList();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            // The text is not shown: a table without a header has a secret where this looks for a name.
            if (!name.isEmpty() && !known.contains(name)) {
                String nearest = NearestWord.of(name, known);
                throw RegistrationCsv.problem(
                        line.number(),
                        "found an unknown name in column " + (i + 1) + ", expected "
                                + (nearest == null
                                        ? "a header of some of " + String.join(", ", known)
                                        : "perhaps " + nearest));
            }
            if (!name.isEmpty() && !seen.add(name)) {
                throw RegistrationCsv.problem(line.number(), "found " + name + " twice, expected it once");
            }
        }
        return new CsvHeader(names);
    }

    /** Why a row does not fit below this header; null if it does. Empty cells of columns without a name are padding. */
    @Nullable RegistrationException mismatch(CsvLine row) {
        List<String> cells = row.cells();
        int last = cells.size();
        while (last > names.size() && cells.get(last - 1).isBlank()) {
            last--;
        }
        if (last > names.size()) {
            return RegistrationCsv.problem(row.number(), "found " + last + " cells, expected at most " + names.size());
        }
        for (int i = 0; i < last; i++) {
            if (names.get(i).isEmpty() && !cells.get(i).isBlank()) {
                return RegistrationCsv.problem(
                        row.number(), "found a value in column " + (i + 1) + ", which has no name in the header");
            }
        }
        return null;
    }
}
