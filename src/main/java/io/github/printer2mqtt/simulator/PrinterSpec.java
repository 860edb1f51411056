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
 * One printer of the demo: who it is and how it begins.
 *
 * @param name shown to people
 * @param voice the protocol it speaks
 * @param manner how it answers
 * @param start seconds of its first print that lie behind it; 0 to begin idle
 * @param first what happens to its first print
 */
record PrinterSpec(
        String name,
        Voice voice,
        String model,
        String group,
        List<String> tags,
        Manner manner,
        int start,
        Incident first) {
    /** The key of every printer of the demo: it opens nothing but a simulation on the loopback. */
    static final String KEY = "demo-key-0000000";

    /** The protocols of the demo. */
    enum Voice {
        OCTOPRINT,
        MOONRAKER,
        PRUSALINK,
        PRUSALINK_PI;

        ProtocolSimulator face(SimulatedPrinter printer) {
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

    /** How a printer of the demo answers. */
    enum Manner {
        HEALTHY,
        /** Later than the bridge waits by default. */
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
                part("MK4 left", Voice.PRUSALINK, "MK4", "shelf-a", "pla", Manner.HEALTHY, 70, Incident.NONE),
                part("MK4 right", Voice.PRUSALINK, "MK4", "shelf-a", "petg", Manner.HEALTHY, 20, Incident.ATTENTION),
                part("MINI window", Voice.PRUSALINK, "MINI", "shelf-a", "pla", Manner.BLACK_HOLE, 0, Incident.NONE),
                part("MK3S+ library", Voice.PRUSALINK_PI, "MK3S+", "library", "pla", Manner.HEALTHY, 0, Incident.PAUSE),
                part("Voron 2.4", Voice.MOONRAKER, "Voron 2.4", "workshop", "abs", Manner.HEALTHY, 40, Incident.PAUSE),
                part("Voron 0.2", Voice.MOONRAKER, "Voron 0.2", "workshop", "abs", Manner.HEALTHY, 0, Incident.FAIL),
                part("Sovol SV08", Voice.MOONRAKER, "SV08", "workshop", "petg", Manner.HEALTHY, 95, Incident.NONE),
                part(
                        "RatRig attic",
                        Voice.MOONRAKER,
                        "V-Core 4",
                        "attic",
                        "asa",
                        Manner.THREE_SECONDS,
                        0,
                        Incident.NONE),
                part(
                        "Ender 3 garage",
                        Voice.OCTOPRINT,
                        "Ender 3",
                        "garage",
                        "pla",
                        Manner.TWO_SECONDS,
                        0,
                        Incident.NONE),
                part(
                        "Ender 3 V2",
                        Voice.OCTOPRINT,
                        "Ender 3 V2",
                        "shelf-b",
                        "pla",
                        Manner.HEALTHY,
                        30,
                        Incident.CANCEL),
                part("CR-10 cellar", Voice.OCTOPRINT, "CR-10", "cellar", "petg", Manner.HEALTHY, 0, Incident.NONE),
                part("Prusa MK3 loft", Voice.OCTOPRINT, "MK3", "shelf-b", "pla", Manner.HEALTHY, 0, Incident.PAUSE));
    }

    private static PrinterSpec part(
            String name,
            Voice voice,
            String model,
            String group,
            String tag,
            Manner manner,
            int start,
            Incident first) {
        return new PrinterSpec(name, voice, model, group, List.of(tag), manner, start, first);
    }

    String id() {
        return PrinterId.fromName(name).value();
    }

    /** What it prints, in the file format of its make. */
    List<String> files() {
        String ending = voice == Voice.PRUSALINK ? ".bgcode" : ".gcode";
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
                .put("driver", voice.driver())
                .put("address", address)
                .put("model", model)
                .put("group", group)
                .put("tags", new JsonArray(List.copyOf(tags)));
        return voice == Voice.MOONRAKER
                ? registration
                : registration.put("credentials", new JsonObject().put("api_key", KEY));
    }
}
