package io.github.printer2mqtt;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.moonraker.MoonrakerDriver;
import io.github.printer2mqtt.driver.octoprint.OctoPrintDriver;
import io.github.printer2mqtt.driver.prusalink.PrusaLinkDriver;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The list of drivers; a new protocol adds one package and one line here. */
final class Drivers {
    private static final List<Driver> ALL =
            List.of(new MoonrakerDriver(), new OctoPrintDriver(), new PrusaLinkDriver());

    private Drivers() {}

    static List<Driver> all() {
        return ALL;
    }

    static Map<String, Driver> byId() {
        return ALL.stream().collect(Collectors.toUnmodifiableMap(Driver::id, Function.identity()));
    }

    static List<String> ids() {
        return ALL.stream().map(Driver::id).sorted().toList();
    }
}
