package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Temperatures;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Klipper's heaters and sensors -> temperatures. */
final class MoonrakerHeaters {
    /** Degrees below the target at which a heater counts as heating up. */
    private static final double HEATING_MARGIN = 3;

    private MoonrakerHeaters() {}

    /** @param chambers from {@link KlipperObjects} */
    static Temperatures temperatures(LenientJson status, List<String> chambers) {
        return new Temperatures(nozzles(status), heater(status.at("heater_bed")), chamber(status, chambers));
    }

    /** Whether any heater is far below its target, or has one and is not measured yet. */
    static boolean isHeatingUp(Temperatures heaters) {
        return Stream.concat(heaters.nozzles().stream(), Stream.of(heaters.bed(), heaters.chamber()))
                .anyMatch(MoonrakerHeaters::isBelowTarget);
    }

    private static boolean isBelowTarget(Temperatures.@Nullable Temperature heater) {
        if (heater == null) {
            return false;
        }
        Double actual = heater.actual();
        Double target = heater.target();
        return target != null && target > (actual == null ? 0 : actual) + HEATING_MARGIN;
    }

    /** A tool without values keeps its index. */
    private static List<Temperatures.Temperature> nozzles(LenientJson status) {
        List<Temperatures.Temperature> nozzles = new ArrayList<>();
        int known = 0;
        for (int i = 0; i < KlipperObjects.MAX_EXTRUDERS; i++) {
            Temperatures.Temperature nozzle = heater(status.at(KlipperObjects.extruder(i)));
            nozzles.add(nozzle == null ? new Temperatures.Temperature(null, null) : nozzle);
            known = nozzle == null ? known : i + 1;
        }
        return nozzles.subList(0, known);
    }

    /** Only heaters have a target; a fan's target is where it starts to cool. */
    private static Temperatures.@Nullable Temperature chamber(LenientJson status, List<String> chambers) {
        for (String name : chambers) {
            Temperatures.Temperature found = heater(status.at(name));
            if (found != null && found.actual() != null) {
                return name.startsWith("heater") ? found : new Temperatures.Temperature(found.actual(), null);
            }
        }
        return null;
    }

    /** Heaters report 0.0 for most of a second after Klipper has become ready, which is no measurement. */
    private static Temperatures.@Nullable Temperature heater(LenientJson heater) {
        Double actual = heater.number("temperature");
        Double target = heater.number("target");
        if (actual == null || actual != 0) {
            return Temperatures.Temperature.orNull(actual, target);
        }
        return target == null || target == 0 ? null : new Temperatures.Temperature(null, target);
    }
}
