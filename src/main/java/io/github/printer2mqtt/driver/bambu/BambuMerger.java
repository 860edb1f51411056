package io.github.printer2mqtt.driver.bambu;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merges reports: objects recursively, values and arrays replace. The units of {@code ams.ams} and their {@code tray} merge by
 * {@code id}. What is absent is unchanged. Not thread-safe.
 */
final class BambuMerger {
    /** Only what is read is kept: a printer has 60 to 100 keys, and may send new ones for ever. */
    private static final Set<String> KEPT = Set.of(
            "gcode_state",
            "stg_cur",
            "stage",
            "print_type",
            "print_error",
            "fail_reason",
            "mc_percent",
            "mc_remaining_time",
            "layer_num",
            "total_layer_num",
            "3D",
            "subtask_name",
            "gcode_file",
            "hms",
            "nozzle_temper",
            "nozzle_target_temper",
            "bed_temper",
            "bed_target_temper",
            "chamber_temper",
            "cooling_fan_speed",
            "spd_mag",
            "lights_report",
            "fun",
            "device",
            "ams",
            "vt_tray",
            "vir_slot");

    /** Of one object or array; real ones have less than a third. */
    private static final int MAX_MEMBERS = 256;

    private final Map<String, Object> merged = new LinkedHashMap<>();

    BambuReport report() {
        return new BambuReport(LenientJson.of(merged));
    }

    /** Fails with a {@link PrinterException} if the whole becomes too large. */
    void merge(Map<?, ?> report) {
        report.forEach((name, value) -> {
            if (name instanceof String key && KEPT.contains(key)) {
                put(merged, key, value, key.equals("ams"));
            }
        });
    }

    private static void put(Map<String, Object> into, String name, @Nullable Object value, boolean isAms) {
        Object known = into.get(name);
        if (value instanceof Map<?, ?> changes) {
            into.put(name, object(known instanceof Map<?, ?> members ? members : Map.of(), changes, isAms));
        } else if (value instanceof List<?> elements && isAms && (name.equals("ams") || name.equals("tray"))) {
            into.put(name, byId(known instanceof List<?> before ? before : List.of(), elements));
        } else if (value == null) {
            into.remove(name);
        } else {
            into.put(name, value);
        }
        checkSize(into.size());
    }

    private static Map<String, Object> object(Map<?, ?> known, Map<?, ?> changes, boolean isAms) {
        Map<String, Object> result = new LinkedHashMap<>();
        known.forEach((name, value) -> result.put(String.valueOf(name), value));
        changes.forEach((name, value) -> put(result, String.valueOf(name), value, isAms));
        return result;
    }

    /** Elements without an id are dropped: it is not known what they change. */
    private static List<Object> byId(List<?> known, List<?> changes) {
        Map<String, Object> result = new LinkedHashMap<>();
        known.forEach(element -> result.put(id(element), element));
        for (Object change : changes) {
            if (change instanceof Map<?, ?> members && members.get("id") != null) {
                Object before = result.get(id(change));
                result.put(id(change), object(before instanceof Map<?, ?> old ? old : Map.of(), members, true));
            }
        }
        checkSize(result.size());
        return new ArrayList<>(result.values());
    }

    private static String id(@Nullable Object element) {
        return element instanceof Map<?, ?> members ? String.valueOf(members.get("id")) : "";
    }

    private static void checkSize(int members) {
        if (members > MAX_MEMBERS) {
            throw new PrinterException(FailureReason.TOO_LARGE, "a report has more than " + MAX_MEMBERS + " members");
        }
    }
}
