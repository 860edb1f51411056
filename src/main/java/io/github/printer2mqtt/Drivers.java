package io.github.printer2mqtt;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.bambu.BambuDriver;
import io.github.printer2mqtt.driver.creality.CrealityDriver;
import io.github.printer2mqtt.driver.duet.DuetDriver;
import io.github.printer2mqtt.driver.elegoo.ElegooDriver;
import io.github.printer2mqtt.driver.elegoocc2.ElegooCc2Driver;
import io.github.printer2mqtt.driver.flashforge.FlashforgeDriver;
import io.github.printer2mqtt.driver.flashforgetcp.FlashforgeTcpDriver;
import io.github.printer2mqtt.driver.moonraker.MoonrakerDriver;
import io.github.printer2mqtt.driver.octoprint.OctoPrintDriver;
import io.github.printer2mqtt.driver.prusalink.PrusaLinkDriver;
import io.github.printer2mqtt.driver.repetier.RepetierDriver;
import io.github.printer2mqtt.driver.ultimaker.UltimakerDriver;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.TelemetryField;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The list of drivers; a new protocol adds one package and one line here. */
final class Drivers {
    private static final List<Driver> ALL = List.of(
            new MoonrakerDriver(),
            new OctoPrintDriver(),
            new PrusaLinkDriver(),
            new DuetDriver(),
            new UltimakerDriver(),
            new RepetierDriver(),
            new BambuDriver(),
            new FlashforgeDriver(),
            new FlashforgeTcpDriver(),
            new CrealityDriver(),
            new ElegooDriver(),
            new ElegooCc2Driver());

    private static final Map<String, Driver> BY_ID =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Driver::id, Function.identity()));

    private Drivers() {}

    static List<Driver> all() {
        return ALL;
    }

    static Map<String, Driver> byId() {
        return BY_ID;
    }

    /** What printers of a driver can do; empty for an unknown driver. */
    static Set<Capability> capabilities(String id) {
        Driver driver = BY_ID.get(id);
        return driver == null ? Set.of() : driver.capabilities();
    }

    /** What printers of a driver report; empty for an unknown driver. */
    static Set<TelemetryField> telemetry(String id) {
        Driver driver = BY_ID.get(id);
        return driver == null ? Set.of() : driver.telemetry();
    }

    static List<String> ids() {
        return ALL.stream().map(Driver::id).sorted().toList();
    }
}
