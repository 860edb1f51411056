package io.github.printer2mqtt.simulator.protocol;

import io.github.printer2mqtt.simulator.model.JobView;
import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The methods of Moonraker for REST and JSON-RPC: each writes member {@code result} or fails. Thread-safe. */
final class MoonrakerMethods {
    private static final List<String> COMPONENTS = List.of(
            "secrets",
            "template",
            "klippy_connection",
            "jsonrpc",
            "internal_transport",
            "application",
            "websockets",
            "database",
            "file_manager",
            "authorization",
            "klippy_apis",
            "machine",
            "history",
            "webcam",
            "octoprint_compat");

    private MoonrakerMethods() {}

    /**
     * Runs a method by its JSON-RPC name.
     *
     * @return writes the result and cannot fail any more
     */
    static Consumer<JsonWriter> call(
            String method, JsonObject params, SimulatedPrinter printer, MoonrakerObjects.Snapshot snapshot) {
        return switch (method) {
            case "server.info" -> result(result -> serverInfo(result, snapshot));
            case "server.files.metadata" -> {
                JobView job = known(params.getString("filename"), snapshot);
                yield result(result -> MoonrakerFile.metadata(result, job));
            }
            case "printer.objects.list" -> {
                requireConnected(snapshot);
                yield result(result -> result.any("objects", MoonrakerObjects.names()));
            }
            case "printer.objects.query" -> {
                requireConnected(snapshot);
                Map<String, @Nullable List<String>> requested = requested(params.getValue("objects"));
                yield result(result -> query(result, snapshot, requested));
            }
            case "printer.print.pause", "printer.print.resume", "printer.print.cancel" -> {
                command(method, printer, snapshot);
                yield MoonrakerMethods::done;
            }
            case "printer.gcode.script" -> {
                requireConnected(snapshot);
                script(params, printer, snapshot);
                yield MoonrakerMethods::done;
            }
            case "printer.emergency_stop" -> {
                requireConnected(snapshot);
                printer.emergencyStop();
                yield MoonrakerMethods::done;
            }
            default -> throw new RejectedException(404, "Not Found");
        };
    }

    private static void done(JsonWriter json) {
        json.text("result", "ok");
    }

    private static Consumer<JsonWriter> result(Consumer<JsonWriter> members) {
        return json -> json.object("result", members);
    }

    private static void script(JsonObject params, SimulatedPrinter printer, MoonrakerObjects.Snapshot snapshot) {
        if (!(params.getValue("script") instanceof String lines)) {
            throw new RejectedException(400, "Missing Argument [script]");
        }
        requireReady(snapshot);
        try {
            lines.lines().forEach(line -> KlipperScript.run(line, printer));
        } catch (SimulatedPrinter.ForbiddenByStateException e) {
            throw new RejectedException(400, e.toString());
        }
    }

    /** Redundant commands succeed, as in Klipper; only a firmware that is not ready rejects them. */
    private static void command(String method, SimulatedPrinter printer, MoonrakerObjects.Snapshot snapshot) {
        requireReady(snapshot);
        PrinterView view = snapshot.view();
        try {
            if (method.endsWith("pause") && view.isPrinting()) {
                printer.pause();
            } else if (method.endsWith("resume") && view.isHeld()) {
                printer.resumeHeld();
            } else if (method.endsWith("cancel") && view.runningJob() != null) {
                printer.cancel();
            }
        } catch (SimulatedPrinter.ForbiddenByStateException e) {
            throw new RejectedException(400, e.toString());
        }
    }

    private static void requireConnected(MoonrakerObjects.Snapshot snapshot) {
        if (snapshot.klippy() == Klippy.GONE) {
            throw new RejectedException(503, "Klippy Host not connected");
        }
    }

    private static void requireReady(MoonrakerObjects.Snapshot snapshot) {
        requireConnected(snapshot);
        if (snapshot.klippy() != Klippy.READY) {
            throw new RejectedException(400, snapshot.klippy().message());
        }
    }

    private static JobView known(@Nullable String file, MoonrakerObjects.Snapshot snapshot) {
        JobView job = snapshot.view().job();
        if (job == null || !job.file().equals(file)) {
            throw new RejectedException(404, "Metadata not available for <" + file + ">\n");
        }
        return job;
    }

    /** Reads {@code {"extruder": ["target"], "webhooks": null}}. */
    private static Map<String, @Nullable List<String>> requested(@Nullable Object objects) {
        if (!(objects instanceof JsonObject json)) {
            throw new RejectedException(400, "No data for argument: objects");
        }
        Map<String, @Nullable List<String>> requested = new LinkedHashMap<>();
        for (String name : json.fieldNames()) {
            Object fields = json.getValue(name);
            requested.put(name, fields instanceof JsonArray array ? strings(array) : null);
        }
        return requested;
    }

    private static List<String> strings(JsonArray array) {
        List<String> strings = new ArrayList<>(array.size());
        array.forEach(item -> strings.add(String.valueOf(item)));
        return strings;
    }

    private static void query(
            JsonWriter json, MoonrakerObjects.Snapshot snapshot, Map<String, @Nullable List<String>> requested) {
        json.decimal("eventtime", 800 + snapshot.view().uptime().toNanos() / 1e9, 9)
                .object("status", status -> MoonrakerObjects.write(status, snapshot, requested));
    }

    private static void serverInfo(JsonWriter json, MoonrakerObjects.Snapshot snapshot) {
        json.flag("klippy_connected", snapshot.klippy() != Klippy.GONE)
                .text("klippy_state", snapshot.klippy().wireName())
                .any("components", COMPONENTS)
                .any("failed_components", List.of())
                .any("registered_directories", List.of("config", "logs", "gcodes"))
                .any("warnings", List.of())
                .integer("websocket_count", 0)
                .text("moonraker_version", "v0.9.3-1-g0000000")
                .any("missing_klippy_requirements", List.of())
                .any("api_version", List.of(1, 5, 0))
                .text("api_version_string", "1.5.0");
    }
}
