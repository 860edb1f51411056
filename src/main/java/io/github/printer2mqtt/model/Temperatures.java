package io.github.printer2mqtt.model;

import io.github.printer2mqtt.text.NumberSanitizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The heaters of one printer.
 *
 * @param nozzles in the printer's order, empty if unknown; at most 16
 * @param bed null if there is none or it is unknown
 * @param chamber null if there is none or it is unknown
 * @param activeNozzle the place in {@code nozzles} of the one that prints, from 0; null if the printer does not tell
 */
public record Temperatures(
        List<Temperature> nozzles,
        @Nullable Temperature bed,
        @Nullable Temperature chamber,
        @Nullable Integer activeNozzle) {
    private static final Temperatures UNKNOWN = new Temperatures(List.of(), null, null);

    public Temperatures {
        nozzles = List.copyOf(nozzles.size() > 16 ? nozzles.subList(0, 16) : nozzles);
        activeNozzle = NumberSanitizer.upTo(nozzles.size() - 1, activeNozzle);
    }

    /** Of a printer that does not tell which nozzle is active. */
    public Temperatures(List<Temperature> nozzles, @Nullable Temperature bed, @Nullable Temperature chamber) {
        this(nozzles, bed, chamber, null);
    }

    public static Temperatures unknown() {
        return UNKNOWN;
    }

    /** The place of the one nozzle among several that is heated: the active one, where the printer does not tell it. Null if unknown. */
    public static @Nullable Integer onlyHeated(List<Temperature> nozzles) {
        Integer found = null;
        for (int i = 0; i < nozzles.size(); i++) {
            Double target = nozzles.get(i).target();
            if (target != null && target > 0) {
                if (found != null) {
                    return null;
                }
                found = i;
            }
        }
        return nozzles.size() > 1 ? found : null;
    }

    /** The active nozzle, or the first if it is not known which one is active; null if unknown. */
    public @Nullable Temperature nozzle() {
        return nozzles.isEmpty() ? null : nozzles.get(activeNozzle == null ? 0 : activeNozzle);
    }

    /**
     * One heater, in degrees Celsius rounded to 0.1.
     *
     * @param actual null if the printer does not report it
     * @param target 0 if off; null if the printer does not report it or it is only a sensor
     */
    public record Temperature(
            @Nullable Double actual, @Nullable Double target) {
        public Temperature {
            actual = NumberSanitizer.celsius(actual);
            // A target below 0 means off or unknown.
            target = target != null && target < 0 ? null : NumberSanitizer.celsius(target);
        }

        /** The heater; null if the printer reports nothing of it, or only impossible values. */
        public static @Nullable Temperature orNull(@Nullable Double actual, @Nullable Double target) {
            Temperature heater = new Temperature(actual, target);
            return heater.actual == null && heater.target == null ? null : heater;
        }
    }
}
