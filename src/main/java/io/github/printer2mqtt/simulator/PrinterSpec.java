package io.github.printer2mqtt.simulator;

import static io.github.printer2mqtt.simulator.DemoProtocol.BAMBU;
import static io.github.printer2mqtt.simulator.DemoProtocol.CREALITY;
import static io.github.printer2mqtt.simulator.DemoProtocol.DUET;
import static io.github.printer2mqtt.simulator.DemoProtocol.DUET_SBC;
import static io.github.printer2mqtt.simulator.DemoProtocol.ELEGOO;
import static io.github.printer2mqtt.simulator.DemoProtocol.ELEGOO_CC2;
import static io.github.printer2mqtt.simulator.DemoProtocol.FLASHFORGE;
import static io.github.printer2mqtt.simulator.DemoProtocol.FLASHFORGE_TCP;
import static io.github.printer2mqtt.simulator.DemoProtocol.MOONRAKER;
import static io.github.printer2mqtt.simulator.DemoProtocol.OCTOPRINT;
import static io.github.printer2mqtt.simulator.DemoProtocol.PRUSALINK;
import static io.github.printer2mqtt.simulator.DemoProtocol.PRUSALINK_PI;
import static io.github.printer2mqtt.simulator.DemoProtocol.REPETIER;
import static io.github.printer2mqtt.simulator.DemoProtocol.ULTIMAKER;
import static io.github.printer2mqtt.simulator.DemoScript.Incident.ATTENTION;
import static io.github.printer2mqtt.simulator.DemoScript.Incident.CANCEL;
import static io.github.printer2mqtt.simulator.DemoScript.Incident.FAIL;
import static io.github.printer2mqtt.simulator.DemoScript.Incident.NONE;
import static io.github.printer2mqtt.simulator.DemoScript.Incident.PAUSE;
import static io.github.printer2mqtt.simulator.PrinterSpec.Responsiveness.BLACK_HOLE;
import static io.github.printer2mqtt.simulator.PrinterSpec.Responsiveness.HEALTHY;
import static io.github.printer2mqtt.simulator.PrinterSpec.Responsiveness.THREE_SECONDS;
import static io.github.printer2mqtt.simulator.PrinterSpec.Responsiveness.TWO_SECONDS;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.simulator.DemoScript.Incident;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.tls.SimulatedCertificate;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One printer of the demo.
 *
 * @param name the display name
 * @param protocol its protocol
 * @param responsiveness how it responds
 * @param start seconds already printed of its first job; 0 to start idle
 * @param first what happens to its first print
 */
record PrinterSpec(
        String name,
        DemoProtocol protocol,
        String model,
        String group,
        String tag,
        Responsiveness responsiveness,
        int start,
        Incident first) {
    /** How a demo printer responds. */
    enum Responsiveness {
        HEALTHY,
        /** Longer than the default timeout of the bridge. */
        TWO_SECONDS,
        THREE_SECONDS,
        /** Switched off. */
        BLACK_HOLE;

        Behaviour behaviour(long seed) {
            return switch (this) {
                case TWO_SECONDS -> Behaviour.slow(Duration.ofSeconds(2));
                case THREE_SECONDS -> Behaviour.slow(Duration.ofSeconds(3));
                case HEALTHY, BLACK_HOLE -> Behaviour.ordinary(seed);
            };
        }
    }

    /** Twelve printers of the makes that the bridge knew first. */
    static List<PrinterSpec> usual() {
        return List.of(
                new PrinterSpec("MK4 left", PRUSALINK, "MK4", "shelf-a", "pla", HEALTHY, 70, NONE),
                new PrinterSpec("MK4 right", PRUSALINK, "MK4", "shelf-a", "petg", HEALTHY, 20, ATTENTION),
                new PrinterSpec("MINI window", PRUSALINK, "MINI", "shelf-a", "pla", BLACK_HOLE, 0, NONE),
                new PrinterSpec("MK3S+ library", PRUSALINK_PI, "MK3S+", "library", "pla", HEALTHY, 0, PAUSE),
                new PrinterSpec("Voron 2.4", MOONRAKER, "Voron 2.4", "workshop", "abs", HEALTHY, 40, PAUSE),
                new PrinterSpec("Voron 0.2", MOONRAKER, "Voron 0.2", "workshop", "abs", HEALTHY, 0, FAIL),
                new PrinterSpec("Sovol SV08", MOONRAKER, "SV08", "workshop", "petg", HEALTHY, 95, NONE),
                new PrinterSpec("RatRig attic", MOONRAKER, "V-Core 4", "attic", "asa", THREE_SECONDS, 0, NONE),
                new PrinterSpec("Ender 3 garage", OCTOPRINT, "Ender 3", "garage", "pla", TWO_SECONDS, 0, NONE),
                new PrinterSpec("Ender 3 V2", OCTOPRINT, "Ender 3 V2", "shelf-b", "pla", HEALTHY, 30, CANCEL),
                new PrinterSpec("CR-10 cellar", OCTOPRINT, "CR-10", "cellar", "petg", HEALTHY, 0, NONE),
                new PrinterSpec("Prusa MK3 loft", OCTOPRINT, "MK3", "shelf-b", "pla", HEALTHY, 0, PAUSE));
    }

    /** One printer of each other protocol. */
    static List<PrinterSpec> otherMakes() {
        return List.of(
                new PrinterSpec("Duet 3 bench", DUET, "Duet 3 Mini 5+", "lab", "petg", HEALTHY, 50, PAUSE),
                new PrinterSpec("Duet SBC bench", DUET_SBC, "Duet 3 MB6HC", "lab", "abs", HEALTHY, 0, NONE),
                new PrinterSpec("S5 studio", ULTIMAKER, "Ultimaker S5", "studio", "pla", HEALTHY, 80, NONE),
                new PrinterSpec("Delta studio", REPETIER, "Delta", "studio", "pla", HEALTHY, 0, CANCEL),
                new PrinterSpec("5M Pro studio", FLASHFORGE, "Adventurer 5M Pro", "studio", "pla", HEALTHY, 30, NONE),
                new PrinterSpec("Adventurer attic", FLASHFORGE_TCP, "Adventurer 4", "attic", "pla", HEALTHY, 0, PAUSE),
                new PrinterSpec("K1C studio", CREALITY, "K1C", "studio", "pla", HEALTHY, 30, NONE),
                new PrinterSpec("Centauri studio", ELEGOO, "Centauri Carbon", "studio", "petg", HEALTHY, 0, PAUSE),
                new PrinterSpec("Centauri attic", ELEGOO_CC2, "Centauri Carbon 2", "attic", "pla", HEALTHY, 60, NONE),
                new PrinterSpec("P1S studio", BAMBU, "P1S", "studio", "pla", HEALTHY, 40, ATTENTION));
    }

    String id() {
        return PrinterId.fromName(name).value();
    }

    /** The names of its jobs, in the file format of its vendor. */
    List<String> files() {
        String ending = protocol == PRUSALINK ? ".bgcode" : ".gcode";
        return List.of(
                "benchy_0.2mm" + ending,
                "bracket_v3" + ending,
                "cable clip x6" + ending,
                "calibration cube" + ending,
                "drawer handle" + ending,
                "spool holder" + ending);
    }

    /**
     * The registration, as sent to {@code POST /api/printers}.
     *
     * @param url of the printer's server
     * @param certificate of the printer; empty if it does not encrypt
     */
    JsonObject registration(String url, Optional<SimulatedCertificate> certificate) {
        JsonObject registration = new JsonObject()
                .put("id", id())
                .put("name", name)
                .put("driver", protocol.driver())
                .put("address", url + protocol.path(name))
                .put("model", model)
                .put("group", group)
                .put("tags", JsonArray.of(tag));
        certificate.ifPresent(
                shown -> registration.put("tls", new JsonObject().put("fingerprint", shown.fingerprint())));
        JsonObject credentials = protocol.credentials(name);
        return credentials.isEmpty() ? registration : registration.put("credentials", credentials);
    }
}
