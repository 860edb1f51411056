package io.github.printer2mqtt.simulator;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.simulator.DemoScript.Incident;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.protocol.OctoPrintSimulator;
import io.github.printer2mqtt.simulator.protocol.PrusaLinkPiSimulator;
import io.github.printer2mqtt.simulator.protocol.PrusaLinkSimulator;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.Latency;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

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
        Protocol protocol,
        String model,
        String group,
        List<String> tags,
        Responsiveness responsiveness,
        int start,
        Incident first) {
    /** The API key of every demo printer. It is no secret: it opens only simulations on the loopback interface. */
    static final String KEY = "demo-key-0000000";

    /** The protocols of the demo. */
    enum Protocol {
        OCTOPRINT,
        MOONRAKER,
        PRUSALINK,
        PRUSALINK_PI;

        ProtocolSimulator simulator(SimulatedPrinter printer) {
            return switch (this) {
                case OCTOPRINT -> new OctoPrintSimulator(printer, KEY);
                case MOONRAKER -> new MoonrakerSimulator(printer);
                case PRUSALINK -> new PrusaLinkSimulator(printer, KEY);
                case PRUSALINK_PI -> new PrusaLinkPiSimulator(printer, KEY, KEY);
            };
        }

        String driver() {
            return this == PRUSALINK_PI ? "prusalink" : name().toLowerCase(Locale.ROOT);
        }
    }

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
                case TWO_SECONDS -> Behaviour.healthy().after(Latency.of(Duration.ofSeconds(2)));
                case THREE_SECONDS -> Behaviour.healthy().after(Latency.of(Duration.ofSeconds(3)));
                default ->
                    Behaviour.healthy().after(Latency.between(Duration.ofMillis(50), Duration.ofMillis(150), seed));
            };
        }
    }

    static List<PrinterSpec> all() {
        return List.of(
                part(
                        "MK4 left",
                        Protocol.PRUSALINK,
                        "MK4",
                        "shelf-a",
                        "pla",
                        Responsiveness.HEALTHY,
                        70,
                        Incident.NONE),
                part(
                        "MK4 right",
                        Protocol.PRUSALINK,
                        "MK4",
                        "shelf-a",
                        "petg",
                        Responsiveness.HEALTHY,
                        20,
                        Incident.ATTENTION),
                part(
                        "MINI window",
                        Protocol.PRUSALINK,
                        "MINI",
                        "shelf-a",
                        "pla",
                        Responsiveness.BLACK_HOLE,
                        0,
                        Incident.NONE),
                part(
                        "MK3S+ library",
                        Protocol.PRUSALINK_PI,
                        "MK3S+",
                        "library",
                        "pla",
                        Responsiveness.HEALTHY,
                        0,
                        Incident.PAUSE),
                part(
                        "Voron 2.4",
                        Protocol.MOONRAKER,
                        "Voron 2.4",
                        "workshop",
                        "abs",
                        Responsiveness.HEALTHY,
                        40,
                        Incident.PAUSE),
                part(
                        "Voron 0.2",
                        Protocol.MOONRAKER,
                        "Voron 0.2",
                        "workshop",
                        "abs",
                        Responsiveness.HEALTHY,
                        0,
                        Incident.FAIL),
                part(
                        "Sovol SV08",
                        Protocol.MOONRAKER,
                        "SV08",
                        "workshop",
                        "petg",
                        Responsiveness.HEALTHY,
                        95,
                        Incident.NONE),
                part(
                        "RatRig attic",
                        Protocol.MOONRAKER,
                        "V-Core 4",
                        "attic",
                        "asa",
                        Responsiveness.THREE_SECONDS,
                        0,
                        Incident.NONE),
                part(
                        "Ender 3 garage",
                        Protocol.OCTOPRINT,
                        "Ender 3",
                        "garage",
                        "pla",
                        Responsiveness.TWO_SECONDS,
                        0,
                        Incident.NONE),
                part(
                        "Ender 3 V2",
                        Protocol.OCTOPRINT,
                        "Ender 3 V2",
                        "shelf-b",
                        "pla",
                        Responsiveness.HEALTHY,
                        30,
                        Incident.CANCEL),
                part(
                        "CR-10 cellar",
                        Protocol.OCTOPRINT,
                        "CR-10",
                        "cellar",
                        "petg",
                        Responsiveness.HEALTHY,
                        0,
                        Incident.NONE),
                part(
                        "Prusa MK3 loft",
                        Protocol.OCTOPRINT,
                        "MK3",
                        "shelf-b",
                        "pla",
                        Responsiveness.HEALTHY,
                        0,
                        Incident.PAUSE));
    }

    private static PrinterSpec part(
            String name,
            Protocol protocol,
            String model,
            String group,
            String tag,
            Responsiveness responsiveness,
            int start,
            Incident first) {
        return new PrinterSpec(name, protocol, model, group, List.of(tag), responsiveness, start, first);
    }

    String id() {
        return PrinterId.fromName(name).value();
    }

    /** The names of its jobs, in the file format of its vendor. */
    List<String> files() {
        String ending = protocol == Protocol.PRUSALINK ? ".bgcode" : ".gcode";
        return List.of(
                "benchy_0.2mm" + ending,
                "bracket_v3" + ending,
                "cable clip x6" + ending,
                "calibration cube" + ending,
                "drawer handle" + ending,
                "spool holder" + ending);
    }

    /** The registration, as sent to {@code POST /api/printers}. */
    JsonObject registration(String address) {
        JsonObject registration = new JsonObject()
                .put("id", id())
                .put("name", name)
                .put("driver", protocol.driver())
                .put("address", address)
                .put("model", model)
                .put("group", group)
                .put("tags", new JsonArray(List.copyOf(tags)));
        return protocol == Protocol.MOONRAKER
                ? registration
                : registration.put("credentials", new JsonObject().put("api_key", KEY));
    }
}
