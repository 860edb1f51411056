package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.LenientJson;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Klipper's status as it was sent in full, with the changes since. A change names only the fields that differ; a nested
 * object, such as {@code print_stats.info}, comes whole. Belongs to the session's event loop.
 *
 * <p>Source: {@code klippy/webhooks.py}, {@code QueryStatusHelper}.
 */
final class MoonrakerMerger {
    /** Of one object. Klipper's have fewer; a fork must not fill the memory with ever new names. */
    private static final int MAX_FIELDS = 32;

    private final Map<String, Map<String, Object>> objects = new LinkedHashMap<>();

    private MoonrakerMerger() {}

    /** @param status in full, as a subscription returns it */
    static MoonrakerMerger of(Map<?, ?> status) {
        MoonrakerMerger merger = new MoonrakerMerger();
        status.forEach((name, fields) -> merger.objects.put(String.valueOf(name), new HashMap<>()));
        merger.merge(status);
        return merger;
    }

    /** Takes over the fields of objects in the full status; others were not subscribed to. */
    void merge(Map<?, ?> changes) {
        changes.forEach((name, fields) -> {
            Map<String, Object> known = objects.get(String.valueOf(name));
            if (known != null && fields instanceof Map<?, ?> changed) {
                changed.forEach((field, value) -> put(known, String.valueOf(field), value));
            }
        });
    }

    private static void put(Map<String, Object> fields, String field, Object value) {
        if (fields.size() < MAX_FIELDS || fields.containsKey(field)) {
            fields.put(field, value);
        }
    }

    /** A copy, which later changes do not affect. */
    LenientJson status() {
        Map<String, Object> copy = new LinkedHashMap<>();
        objects.forEach((name, fields) -> copy.put(name, new HashMap<>(fields)));
        return LenientJson.of(copy);
    }
}
