package io.github.printer2mqtt.simulator.protocol;

import io.github.printer2mqtt.simulator.model.JobView;
import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import java.util.Locale;

/** The documents of PrusaLink in the printer, with members as recorded and numbers of fixed digits. Pure. */
final class PrusaLinkBodies {
    private static final long FILE_TIME = 1648042843;

    private PrusaLinkBodies() {}

    static void status(JsonWriter json, PrinterView view) {
        JobView job = view.runningJob();
        if (job != null) {
            json.object("job", out -> {
                out.integer("id", job.id());
                times(out, job);
            });
        }
        json.object(
                "storage",
                storage -> storage.text("path", "/usb/").text("name", "usb").flag("read_only", false));
        json.object("printer", printer -> printer(printer, view));
    }

    private static void printer(JsonWriter json, PrinterView view) {
        json.text("state", PrusaLinkSimulator.stateName(view.state()))
                .fixed("temp_bed", view.bed(), 1)
                .fixed("target_bed", view.bedTarget(), 1)
                .fixed("temp_nozzle", view.nozzle(), 1)
                .fixed("target_nozzle", view.nozzleTarget(), 1)
                .fixed("axis_z", 12.4, 1);
        if (view.runningJob() == null) {
            json.fixed("axis_x", 241, 1).fixed("axis_y", 170, 1);
        }
        boolean turning = view.state() == State.PRINTING;
        json.integer("flow", 100)
                .integer("speed", 100)
                .integer("fan_hotend", turning ? 4300 : 0)
                .integer("fan_print", turning ? 5100 : 0);
    }

    /** A job that needs attention is shown as paused. */
    static void job(JsonWriter json, PrinterView view, JobView job) {
        String shortName = shortName(job.file());
        json.integer("id", job.id()).text("state", view.isHeld() ? "PAUSED" : "PRINTING");
        times(json, job);
        json.object(
                "file",
                file -> file.object(
                                "refs",
                                refs -> refs.text("icon", "/thumb/s/usb/" + shortName)
                                        .text("thumbnail", thumbnail(job))
                                        .text("download", "/usb/" + shortName))
                        .text("name", shortName)
                        .text("display_name", job.file())
                        .text("path", "/usb")
                        .integer("size", job.size())
                        .integer("m_timestamp", FILE_TIME));
    }

    static String thumbnail(JobView job) {
        return "/thumb/l/usb/" + shortName(job.file());
    }

    private static void times(JsonWriter json, JobView job) {
        json.fixed("progress", job.progress() * 100, 2)
                .integer("time_remaining", Math.round(job.remaining()))
                .integer("time_printing", (long) job.busySeconds());
    }

    /** The short name of the file system: six letters, a number and three letters. */
    private static String shortName(String file) {
        String upper = file.toUpperCase(Locale.ROOT);
        int dot = upper.lastIndexOf('.');
        String stem = (dot < 0 ? upper : upper.substring(0, dot)).replaceAll("[^A-Z0-9]", "");
        return stem.substring(0, Math.min(6, stem.length())) + "~1." + (upper.endsWith(".BGCODE") ? "BGC" : "GCO");
    }
}
