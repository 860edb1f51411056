package io.github.printer2mqtt.simulator;

import io.github.printer2mqtt.simulator.creality.CrealitySimulator;
import io.github.printer2mqtt.simulator.duet.DuetSbcSimulator;
import io.github.printer2mqtt.simulator.duet.DuetSimulator;
import io.github.printer2mqtt.simulator.elegoo.ElegooSimulator;
import io.github.printer2mqtt.simulator.flashforge.FlashforgeSimulator;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.protocol.OctoPrintSimulator;
import io.github.printer2mqtt.simulator.protocol.PrusaLinkPiSimulator;
import io.github.printer2mqtt.simulator.protocol.PrusaLinkSimulator;
import io.github.printer2mqtt.simulator.repetier.RepetierSimulator;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
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
    CREALITY,
    ELEGOO;

    /** The key or password of every demo printer. It is no secret: it opens only simulations on the loopback interface. */
    private static final String KEY = "demo-key-0000000";

    private static final String SERIAL_NUMBER = "SNMOCK0000001";
    private static final String PAIR_ID = "0123456789abcdef0123456789abcdef";

    ProtocolSimulator simulator(SimulatedPrinter printer) {
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
            case CREALITY -> new CrealitySimulator(printer, CrealitySimulator.Model.K1C);
            case ELEGOO -> new ElegooSimulator(printer);
        };
    }

    /** The id of its driver. */
    String driver() {
        return switch (this) {
            case PRUSALINK_PI -> PRUSALINK.driver();
            case DUET_SBC -> DUET.driver();
            default -> name().toLowerCase(Locale.ROOT);
        };
    }

    /** The credentials of a registration; empty if none are needed. */
    JsonObject credentials() {
        return switch (this) {
            case MOONRAKER, CREALITY, ELEGOO -> new JsonObject();
            case ULTIMAKER -> new JsonObject().put("username", PAIR_ID).put("password", KEY);
            case FLASHFORGE -> new JsonObject().put("username", SERIAL_NUMBER).put("password", KEY);
            default -> new JsonObject().put("api_key", KEY);
        };
    }

    /** The path behind the address of the server; empty for all but Repetier-Server, which has several printers. */
    String path(String printerName) {
        return this == REPETIER ? "/" + printerName.replace(' ', '_') : "";
    }
}
