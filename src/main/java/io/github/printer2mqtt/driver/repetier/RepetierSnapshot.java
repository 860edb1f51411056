package io.github.printer2mqtt.driver.repetier;

import io.github.printer2mqtt.driver.LenientJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of its printers at one moment. Immutable.
 *
 * @param printers one entry each, with its job
 * @param states by slug
 */
record RepetierSnapshot(List<LenientJson> printers, LenientJson states) {
    /** The first number of beds and that of chambers among the heaters of an event; extruders count from 0. */
    private static final int FIRST_BED = 1000;

    private static final int FIRST_CHAMBER = 2000;

    private static final Set<String> STATE_EVENTS = Set.of("updatePrinterState", "state", "temp", "layerChanged");

    RepetierSnapshot {
        printers = List.copyOf(printers);
    }

    /** The slug of any printer, through which states can be requested; null if there is none. */
    @Nullable String anySlug() {
        return printers.stream()
                .map(printer -> printer.text("slug"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    boolean isAnyPrinting() {
        return printers.stream().anyMatch(printer -> RepetierMapper.file(printer) != null);
    }

    /** Whether an event of this name has values of a printer's state. */
    static boolean isChangedBy(String event) {
        return STATE_EVENTS.contains(event);
    }

    /** After such an event. */
    RepetierSnapshot after(String event, String slug, LenientJson data) {
        return switch (event) {
            case "temp" -> withTemperature(slug, data);
            case "layerChanged" -> withLayer(slug, data);
            default -> withState(slug, data);
        };
    }

    private RepetierSnapshot withState(String slug, LenientJson state) {
        Map<?, ?> members = state.members();
        return members == null ? this : with(slug, members);
    }

    private RepetierSnapshot withLayer(String slug, LenientJson event) {
        Integer layer = event.integer("layer");
        Map<String, Object> state = state(slug);
        if (layer == null || state.isEmpty()) {
            return this;
        }
        state.put("layer", layer);
        return with(slug, state);
    }

    /** A heater that the state does not have is ignored. */
    private RepetierSnapshot withTemperature(String slug, LenientJson event) {
        Integer number = event.integer("id");
        if (number == null || number < 0) {
            return this;
        }
        String heaters = number < FIRST_BED ? "extruder" : number < FIRST_CHAMBER ? "heatedBeds" : "heatedChambers";
        int index = number % FIRST_BED;
        Map<String, Object> state = state(slug);
        if (!(state.get(heaters) instanceof List<?> known) || index >= known.size()) {
            return this;
        }
        List<Object> changed = new ArrayList<>(known);
        changed.set(index, heater(known.get(index), event));
        state.put(heaters, changed);
        return with(slug, state);
    }

    private static Map<String, Object> heater(@Nullable Object before, LenientJson event) {
        Map<String, Object> heater = new HashMap<>();
        if (before instanceof Map<?, ?> known) {
            known.forEach((name, value) -> heater.put(String.valueOf(name), value));
        }
        put(heater, "tempRead", event.number("T"));
        put(heater, "tempSet", event.number("S"));
        return heater;
    }

    private static void put(Map<String, Object> heater, String name, @Nullable Double value) {
        if (value != null) {
            heater.put(name, value);
        }
    }

    /** A copy of the state of a printer; empty if there is none. */
    private Map<String, Object> state(String slug) {
        Map<String, Object> copy = new HashMap<>();
        Map<?, ?> known = states.members(slug);
        if (known != null) {
            known.forEach((name, value) -> copy.put(String.valueOf(name), value));
        }
        return copy;
    }

    private RepetierSnapshot with(String slug, Map<?, ?> state) {
        Map<String, Object> changed = new HashMap<>();
        Map<?, ?> known = states.members();
        if (known != null) {
            known.forEach((name, value) -> changed.put(String.valueOf(name), value));
        }
        changed.put(slug, state);
        return new RepetierSnapshot(printers, LenientJson.of(changed));
    }
}
