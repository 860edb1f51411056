package io.github.printer2mqtt.driver.octoprint;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Capability;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which heaters the printer's profile lacks. {@code /api/printer} omits them; the push socket sends a bed and a chamber for
 * every printer. Source: {@code src/octoprint/server/api/printer.py} and {@code printer/standard.py} (1.11.8).
 */
record HeaterProfile(Set<String> absent) {
    private static final List<String> OPTIONAL = List.of("bed", "chamber");

    /** Nothing is known to be missing. */
    static HeaterProfile complete() {
        return new HeaterProfile(Set.of());
    }

    /** Whether {@code temperature} of {@code /api/printer} tells the profile; right after a connect it is empty. */
    static boolean isIn(LenientJson temperature) {
        return temperature.at("tool0").isObject();
    }

    /** @param temperature of {@code /api/printer} */
    static HeaterProfile of(LenientJson temperature) {
        List<String> names = temperature.names();
        return new HeaterProfile(
                OPTIONAL.stream().filter(name -> !names.contains(name)).collect(Collectors.toUnmodifiableSet()));
    }

    /** The heaters of a pushed temperature that the printer has. */
    Map<String, Object> heaters(LenientJson pushed) {
        Map<String, Object> heaters = new HashMap<>();
        for (String name : pushed.names()) {
            Map<?, ?> heater = pushed.members(name);
            if (heater != null && !absent.contains(name)) {
                heaters.put(name, heater);
            }
        }
        return heaters;
    }

    /** Capabilities that the printer lacks. */
    Set<Capability> missing() {
        return absent.contains("bed") ? Set.of(Capability.BED_TEMPERATURE) : Set.of();
    }
}
