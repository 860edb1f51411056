package io.github.printer2mqtt.registration.service;

import io.github.printer2mqtt.model.PrinterId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Derives unused ids from names, for one registration or import. */
final class PrinterIdAllocator {
    /** Leaves room for a hyphen and up to five digits. */
    private static final int MAX_BASE_LENGTH = 57;

    private final Set<PrinterId> taken;
    private final Map<PrinterId, Integer> nextNumbers = new HashMap<>();

    PrinterIdAllocator(Set<PrinterId> taken) {
        this.taken = new HashSet<>(taken);
    }

    /** Reserves an id; false if it is in use. */
    boolean take(PrinterId id) {
        return taken.add(id);
    }

    /** Reserves the id that the name gives, with a number if it is in use. */
    PrinterId takeFor(String name) {
        PrinterId id = PrinterId.fromName(name);
        if (taken.add(id)) {
            return id;
        }
        PrinterId base = shortened(id);
        for (int number = nextNumbers.getOrDefault(base, 2); true; number++) {
            PrinterId numbered = base.numbered(number);
            if (taken.add(numbered)) {
                nextNumbers.put(base, number + 1);
                return numbered;
            }
        }
    }

    private static PrinterId shortened(PrinterId id) {
        String text = id.value();
        return text.length() <= MAX_BASE_LENGTH
                ? id
                : new PrinterId(text.substring(0, MAX_BASE_LENGTH).replaceAll("-+$", ""));
    }
}
