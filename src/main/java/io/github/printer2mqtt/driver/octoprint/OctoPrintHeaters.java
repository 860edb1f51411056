package io.github.printer2mqtt.driver.octoprint;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Temperatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The {@code temperature} of {@code /api/printer} -> temperatures. */
final class OctoPrintHeaters {
    private static final int MAX_TOOLS = 16;

    private OctoPrintHeaters() {}

    static Temperatures temperatures(LenientJson all) {
        return new Temperatures(nozzles(all), heater(all.at("bed")), chamber(all));
    }

    /** A tool without values keeps its index. */
    private static List<Temperatures.Temperature> nozzles(LenientJson all) {
        List<Temperatures.Temperature> nozzles = new ArrayList<>();
        int known = 0;
        for (int tool = 0; tool < MAX_TOOLS; tool++) {
            Temperatures.Temperature nozzle = heater(all.at("tool" + tool));
            nozzles.add(nozzle == null ? new Temperatures.Temperature(null, null) : nozzle);
            known = nozzle == null && !all.at("tool" + tool).isObject() ? known : tool + 1;
        }
        boolean isAnyKnown = nozzles.stream().anyMatch(nozzle -> nozzle.actual() != null || nozzle.target() != null);
        return isAnyKnown ? nozzles.subList(0, known) : List.of();
    }

    /** OctoPrint's own chamber, otherwise a plugin's heater with "chamber" in its name. */
    private static Temperatures.@Nullable Temperature chamber(LenientJson all) {
        return Stream.concat(
                        Stream.of("chamber"),
                        all.names().stream()
                                .filter(name -> name.toLowerCase(Locale.ROOT).contains("chamber")))
                .flatMap(name -> Stream.ofNullable(heater(all.at(name))))
                .findFirst()
                .orElse(null);
    }

    private static Temperatures.@Nullable Temperature heater(LenientJson heater) {
        return Temperatures.Temperature.orNull(heater.number("actual"), heater.number("target"));
    }
}
