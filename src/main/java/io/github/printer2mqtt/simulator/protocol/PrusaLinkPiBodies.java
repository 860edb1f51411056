package io.github.printer2mqtt.simulator.protocol;

import io.github.printer2mqtt.simulator.model.JobView;
import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;

/** The documents of PrusaLink for Raspberry Pi, with their members as recorded. Pure. */
final class PrusaLinkPiBodies {
    private static final long FILE_TIME = 1648042843;

    private PrusaLinkPiBodies() {}

    static void version(JsonWriter json) {
        json.text("api", "2.0.0")
                .text("server", "0.8.1")
                .text("original", "PrusaLink I3MK3S")
                .text("text", "PrusaLink 0.8.1")
                .text("firmware", "3.13.2-7080")
                .text("sdk", "0.8.1")
                .object("capabilities", all -> all.flag("upload-by-put", true))
                .text("hostname", "prusa-pi");
    }

    static void status(JsonWriter json, PrinterView view) {
        json.any(
                "storage",
                List.of(
                        JsonWriter.object(local -> local.text("path", "/local")
                                .flag("read_only", false)
                                .integer("free_space", 4202335)
                                .text("name", "PrusaLink gcodes")),
                        JsonWriter.object(card -> card.text("path", "/sdcard").flag("read_only", true))));
        json.object("printer", printer -> printer(printer, view));
        JobView job = view.runningJob();
        if (job != null) {
            json.object("job", out -> {
                out.integer("id", job.id());
                times(out, job);
            });
        }
    }

    private static void printer(JsonWriter json, PrinterView view) {
        boolean turning = view.state() == State.PRINTING;
        boolean broken = view.state() == State.FAILED;
        json.text("state", PrusaLinkSimulator.stateName(view.state()))
                .decimal("temp_nozzle", view.nozzle(), 1)
                .decimal("temp_bed", view.bed(), 1)
                .decimal("axis_z", 12.4, 1)
                .integer("flow", 100)
                .integer("speed", 100)
                .integer("fan_hotend", turning ? 4300 : 0)
                .integer("fan_print", turning ? 5100 : 0)
                .object(
                        "status_connect",
                        connect -> connect.flag("ok", true).text("message", "Connect isn't configured"))
                .object(
                        "status_printer",
                        printer -> printer.flag("ok", !broken).text("message", broken ? view.message() : "OK"))
                .decimal("target_nozzle", view.nozzleTarget(), 1)
                .decimal("target_bed", view.bedTarget(), 1);
        if (!view.isPrinting() && view.state() != State.BUSY) {
            json.decimal("axis_x", 10, 1).decimal("axis_y", 20, 1);
        }
    }

    static void job(JsonWriter json, PrinterView view, JobView job) {
        String path = "/PrusaLink gcodes/" + job.file();
        json.object(
                "file",
                file -> file.text("name", job.file())
                        .text("display_name", job.file())
                        .text("path", path)
                        .text("display_path", path)
                        .integer("size", job.size())
                        .integer("m_timestamp", FILE_TIME)
                        .object(
                                "refs",
                                refs -> refs.text("download", "/api/files/local/" + job.file() + "/raw")
                                        .nothing("icon")
                                        .nothing("thumbnail"))
                        .any("meta", Map.of()));
        json.integer("id", job.id()).text("state", PrusaLinkSimulator.stateName(view.state()));
        times(json, job);
        json.flag("inaccurate_estimates", false);
    }

    private static void times(JsonWriter json, JobView job) {
        json.decimal("progress", job.progress() * 100, 2)
                .integer("time_remaining", Math.round(job.remaining()))
                .integer("time_printing", (long) job.busySeconds());
    }

    static Buffer unauthorized(SimulatedRequest request) {
        return Buffer.buffer(
                "<!DOCTYPE html>\n<html>\n <head>\n  <title>401 - Unauthorized</title>\n </head>\n <body>\n"
                        + "  <h1>401 - Unauthorized</h1>\n  <p>Method " + request.method() + " for " + request.path()
                        + " uri.</p>\n </body>\n</html>\n");
    }
}
