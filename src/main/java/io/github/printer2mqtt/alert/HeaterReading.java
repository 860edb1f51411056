package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.config.AlertsConfig;
import io.github.printer2mqtt.model.Temperatures;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A heater whose temperature is known, in degrees Celsius.
 *
 * @param name for people, within a sentence's beginning
 * @param actual what it has
 * @param target what it shall have; null if it is off or nobody knows
 * @param limit above which it must never be; null for none
 */
record HeaterReading(
        String name,
        double actual,
        @Nullable Double target,
        @Nullable Integer limit) {
    /** The bed first: its target changes seldom, so that a tool changer's nozzles do not hide it. */
    static List<HeaterReading> of(Temperatures temperatures, AlertsConfig.Temperature thresholds) {
        List<HeaterReading> heaters = new ArrayList<>(2);
        add(heaters, "Bed", temperatures.bed(), thresholds.bedLimit());
        List<Temperatures.Temperature> nozzles = temperatures.nozzles();
        for (int i = 0; i < nozzles.size(); i++) {
            String name = nozzles.size() == 1 ? "Nozzle" : "Nozzle " + (i + 1);
            add(heaters, name, nozzles.get(i), thresholds.nozzleLimit());
        }
        return heaters;
    }

    private static void add(
            List<HeaterReading> heaters,
            String name,
            Temperatures.@Nullable Temperature temperature,
            @Nullable Integer limit) {
        if (temperature != null && temperature.actual() != null) {
            Double target = temperature.target();
            boolean heats = target != null && target > 0;
            heaters.add(new HeaterReading(name, temperature.actual(), heats ? target : null, limit));
        }
    }

    /** How far it is from its target, 0 if it has none. */
    double distance() {
        return target == null ? 0 : Math.abs(actual - target);
    }

    String offTarget() {
        return name + " is at " + actual + " °C, its target is " + target + " °C";
    }

    String aboveLimit() {
        return name + " is at " + actual + " °C, its limit is " + limit + " °C";
    }
}
