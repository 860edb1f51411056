package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.config.AlertsConfig;
import io.github.printer2mqtt.model.Temperatures;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A heater whose temperature is known, in degrees Celsius.
 *
 * @param name as it starts a sentence
 * @param target null if the heater is off or the target is unknown
 * @param limit highest allowed temperature; null for none
 */
record HeaterReading(
        String name,
        double actual,
        @Nullable Double target,
        @Nullable Integer limit) {
    /** The bed comes first because its target rarely changes; the nozzles of a tool changer would hide it. */
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

    /** 0 if the heater has no target. */
    double deviation() {
        return target == null ? 0 : Math.abs(actual - target);
    }

    String offTargetMessage() {
        return name + " is at " + actual + " °C, its target is " + target + " °C";
    }

    String aboveLimitMessage() {
        return name + " is at " + actual + " °C, its limit is " + limit + " °C";
    }
}
