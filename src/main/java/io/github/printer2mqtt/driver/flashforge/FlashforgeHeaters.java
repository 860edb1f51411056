package io.github.printer2mqtt.driver.flashforge;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.model.Temperatures.Temperature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The heaters in a status. Source: flashforge-api-docs and recordings. */
final class FlashforgeHeaters {
    /** No chamber is so cold; a printer without its sensor reports -108. */
    private static final double NO_SENSOR = -100;

    private FlashforgeHeaters() {}

    static Temperatures temperatures(LenientJson detail) {
        List<Temperature> nozzles = nozzles(detail);
        return new Temperatures(
                nozzles,
                Temperature.orNull(detail.number("platTemp"), detail.number("platTargetTemp")),
                chamber(detail),
                Temperatures.onlyHeated(nozzles));
    }

    /** Whether the printer lists its nozzles, as the Creator 5 does; the others have the right one only. */
    static boolean hasSeveralNozzles(LenientJson detail) {
        return detail.at("nozzleTemps").isArray();
    }

    private static List<Temperature> nozzles(LenientJson detail) {
        if (!hasSeveralNozzles(detail)) {
            Temperature only = Temperature.orNull(detail.number("rightTemp"), detail.number("rightTargetTemp"));
            return only == null ? List.of() : List.of(only);
        }
        List<LenientJson> targets = detail.elements("nozzleTargetTemps");
        List<Temperature> nozzles = new ArrayList<>();
        for (LenientJson actual : detail.elements("nozzleTemps")) {
            LenientJson target = nozzles.size() < targets.size() ? targets.get(nozzles.size()) : LenientJson.empty();
            nozzles.add(new Temperature(actual.number(), target.number()));
        }
        return nozzles;
    }

    /** A printer without a sensor reports -108, or 0 of 0. */
    private static @Nullable Temperature chamber(LenientJson detail) {
        Double actual = detail.number("chamberTemp");
        Double target = detail.number("chamberTargetTemp");
        boolean isOff = target == null || target == 0;
        return actual == null || actual <= NO_SENSOR || (actual == 0 && isOff)
                ? null
                : Temperature.orNull(actual, target);
    }
}
