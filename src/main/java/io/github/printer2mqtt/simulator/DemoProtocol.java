package io.github.printer2mqtt.simulator;

import io.github.printer2mqtt.simulator.bambu.BambuSimulator;
import io.github.printer2mqtt.simulator.creality.CrealitySimulator;
import io.github.printer2mqtt.simulator.duet.DuetSbcSimulator;
import io.github.printer2mqtt.simulator.duet.DuetSimulator;
import io.github.printer2mqtt.simulator.elegoo.ElegooCc2Simulator;
import io.github.printer2mqtt.simulator.elegoo.ElegooSimulator;
import io.github.printer2mqtt.simulator.flashforge.FlashforgeSimulator;
import io.github.printer2mqtt.simulator.flashforge.FlashforgeTcpSimulator;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.protocol.OctoPrintSimulator;
import io.github.printer2mqtt.simulator.protocol.PrusaLinkPiSimulator;
import io.github.printer2mqtt.simulator.protocol.PrusaLinkSimulator;
import io.github.printer2mqtt.simulator.repetier.RepetierSimulator;
import io.github.printer2mqtt.simulator.server.PrinterSimulator;
import io.github.printer2mqtt.simulator.tls.SimulatedAuthority;
import io.github.printer2mqtt.simulator.tls.SimulatedAuthority.Version;
import io.github.printer2mqtt.simulator.ultimaker.UltimakerSimulator;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** The protocols of the demo's printers, each with what a registration needs to speak it. */
enum DemoProtocol {
    OCTOPRINT,
    MOONRAKER,
    PRUSALINK,
    PRUSALINK_PI,
    DUET,
    DUET_SBC,
    ULTIMAKER,
    REPETIER,
    FLASHFORGE,
    FLASHFORGE_TCP,
    CREALITY,
    ELEGOO,
    ELEGOO_CC2,
    BAMBU;

    /** The key or password of every demo printer. It is no secret: it opens only simulations on the loopback interface. */
    private static final String KEY = "demo-key-0000000";

    private static final String ACCESS_CODE = "12345678";
    private static final String SERIAL_NUMBER = "SNMOCK0000001";
    private static final String PAIR_ID = "0123456789abcdef0123456789abcdef";

    /** Created when the first printer needs it. */
    private static final class Authority {
        static final SimulatedAuthority SHARED = SimulatedAuthority.create("BBL CA");
    }

    /** May block for some tenths of a second, where a certificate is created. */
    PrinterSimulator simulator(SimulatedPrinter printer) {
        return switch (this) {
            case OCTOPRINT -> new OctoPrintSimulator(printer, KEY);
            case MOONRAKER -> new MoonrakerSimulator(printer);
            case PRUSALINK -> new PrusaLinkSimulator(printer, KEY);
            case PRUSALINK_PI -> new PrusaLinkPiSimulator(printer, KEY);
            case DUET -> new DuetSimulator(printer, KEY);
            case DUET_SBC -> new DuetSbcSimulator(printer, KEY);
            case ULTIMAKER -> new UltimakerSimulator(printer, PAIR_ID, KEY);
            case REPETIER -> new RepetierSimulator(List.of(printer), KEY);
            case FLASHFORGE -> new FlashforgeSimulator(printer, SERIAL_NUMBER, KEY);
            case FLASHFORGE_TCP -> new FlashforgeTcpSimulator(printer);
            case CREALITY -> new CrealitySimulator(printer, CrealitySimulator.Model.K1C);
            case ELEGOO -> new ElegooSimulator(printer);
            case ELEGOO_CC2 -> new ElegooCc2Simulator(printer, serial(printer.name()), ACCESS_CODE);
            case BAMBU -> {
                String serial = serial(printer.name());
                yield new BambuSimulator(printer, serial, ACCESS_CODE, Authority.SHARED.issue(serial, Version.V1));
            }
        };
    }

    /** The id of its driver. */
    String driver() {
        return switch (this) {
            case PRUSALINK_PI -> PRUSALINK.driver();
            case DUET_SBC -> DUET.driver();
            default -> name().toLowerCase(Locale.ROOT).replace('_', '-');
        };
    }

    /** One for each printer, because the bridge allows one connection for each serial number. In the form of Bambu Lab. */
    private static String serial(String printerName) {
        return String.format(Locale.ROOT, "01P00C%09d", printerName.hashCode() & 0x1fff_ffff);
    }

    /** The credentials of a registration; empty if none are needed. */
    JsonObject credentials(String printerName) {
        return switch (this) {
            case MOONRAKER, CREALITY, ELEGOO, FLASHFORGE_TCP -> new JsonObject();
            case ULTIMAKER -> new JsonObject().put("username", PAIR_ID).put("password", KEY);
            case FLASHFORGE -> new JsonObject().put("username", SERIAL_NUMBER).put("password", KEY);
            case ELEGOO_CC2, BAMBU ->
                new JsonObject().put("username", serial(printerName)).put("password", ACCESS_CODE);
            default -> new JsonObject().put("api_key", KEY);
        };
    }

    /** The path behind the address of the server; empty for all but Repetier-Server, which has several printers. */
    String path(String printerName) {
        return this == REPETIER ? "/" + printerName.replace(' ', '_') : "";
    }
}
