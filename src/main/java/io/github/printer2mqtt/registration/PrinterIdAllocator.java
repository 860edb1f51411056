package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.model.PrinterId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Finds free ids for names. Belongs to one registration or import. */
final class PrinterIdAllocator {
    /** Leaves room for a number of up to five digits. */
    private static final int LONGEST_NUMBERED = 57;

    private final Set<PrinterId> taken;
    private final Map<PrinterId, Integer> numbers = new HashMap<>();

    PrinterIdAllocator(Set<PrinterId> taken) {
        this.taken = new HashSet<>(taken);
    }

    /** Takes a given id; false if somebody has it. */
    boolean take(PrinterId id) {
        return taken.add(id);
    }

    /** Takes the id that a name makes, or the first free of it with a number. */
    PrinterId takeFor(String name) {
        PrinterId id = PrinterId.fromName(name);
        if (taken.add(id)) {
            return id;
        }
        PrinterId base = shortened(id);
        for (int number = numbers.getOrDefault(base, 2); true; number++) {
            PrinterId numbered = base.numbered(number);
            if (taken.add(numbered)) {
                numbers.put(base, number + 1);
                return numbered;
            }
        }
    }

    private static PrinterId shortened(PrinterId id) {
        String text = id.value();
        return text.length() <= LONGEST_NUMBERED
                ? id
                : new PrinterId(text.substring(0, LONGEST_NUMBERED).replaceAll("-+$", ""));
    }
}
