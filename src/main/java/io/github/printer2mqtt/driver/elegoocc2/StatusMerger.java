package io.github.printer2mqtt.driver.elegoocc2;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Merges changes into the whole status: objects recursively, values and arrays replace. Not thread-safe. */
final class StatusMerger {
    /** Only what is read is kept; a printer may send new members for ever. */
    private static final Set<String> KEPT =
            Set.of("machine_status", "print_status", "extruder", "heater_bed", "ztemperature_sensor", "fans", "led");

    /** Of one object; real ones have less than a quarter. */
    private static final int MAX_MEMBERS = 64;

    private static final int MAX_DEPTH = 4;

    private Map<String, Object> merged = new LinkedHashMap<>();

    /** The status so far; has no machine status until a whole one was merged. */
    LenientJson status() {
        return LenientJson.of(merged);
    }

    /** What is absent is unknown from now on. Fails with a {@link PrinterException} if it is too large. */
    void replace(Map<?, ?> whole) {
        merged = new LinkedHashMap<>();
        merge(whole);
    }

    /** What is absent is unchanged. Fails with a {@link PrinterException} if the whole becomes too large. */
    void merge(Map<?, ?> changes) {
        changes.forEach((name, value) -> {
            if (name instanceof String key && KEPT.contains(key)) {
                put(merged, key, value, 1);
            }
        });
    }

    private static void put(Map<String, Object> into, String name, @Nullable Object value, int depth) {
        if (value == null) {
            into.remove(name);
        } else if (value instanceof Map<?, ?> changes) {
            Map<String, Object> members = new LinkedHashMap<>();
            if (into.get(name) instanceof Map<?, ?> known) {
                known.forEach((key, old) -> members.put(String.valueOf(key), old));
            }
            if (depth < MAX_DEPTH) {
                changes.forEach((key, next) -> put(members, String.valueOf(key), next, depth + 1));
            }
            into.put(name, members);
        } else {
            into.put(name, value);
        }
        if (into.size() > MAX_MEMBERS) {
            throw new PrinterException(FailureReason.TOO_LARGE, "a status has more than " + MAX_MEMBERS + " members");
        }
    }
}
