package io.github.printer2mqtt.simulator.protocol;

import io.github.printer2mqtt.simulator.model.JobView;
import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The documents of OctoPrint, with their members as recorded. Pure. */
final class OctoPrintBodies {
    private static final long FILE_DATE = 1795248558;
    private static final double STARTING_SECONDS = 2;

    private OctoPrintBodies() {}

    static boolean isOperational(PrinterView view) {
        return view.state() != State.DISCONNECTED && view.state() != State.FAILED;
    }

    static void version(JsonWriter json) {
        json.text("api", "0.1").text("server", "1.11.8").text("text", "OctoPrint 1.11.8");
    }

    static void guest(JsonWriter json) {
        json.any("groups", List.of("guests")).nothing("name").any("permissions", List.of());
    }

    static void job(JsonWriter json, PrinterView view) {
        if (view.state() == State.FAILED) {
            json.text("error", view.message());
        }
        JobView selected = isOperational(view) ? view.job() : null;
        if (selected == null) {
            json.object("job", job -> noFile(job, view));
        } else {
            json.object("job", job -> file(job, view, selected));
        }
        boolean counted = selected != null && (view.runningJob() != null || view.state() == State.FINISHED);
        json.object("progress", progress -> progress(progress, view, counted ? selected : null));
        json.text("state", text(view));
    }

    /** Before the first file is selected, two members are missing and {@code filament} has another shape. */
    private static void noFile(JsonWriter json, PrinterView view) {
        boolean fresh = view.state() != State.FAILED;
        if (fresh) {
            json.nothing("estimatedPrintTime");
            json.object("filament", filament -> filament.nothing("length").nothing("volume"));
        } else {
            json.nothing("averagePrintTime").nothing("estimatedPrintTime").nothing("filament");
        }
        json.object("file", file -> {
            file.nothing("date");
            if (!fresh) {
                file.nothing("display");
            }
            file.nothing("name").nothing("origin").nothing("path").nothing("size");
        });
        json.nothing("lastPrintTime").nothing("user");
    }

    private static void file(JsonWriter json, PrinterView view, JobView job) {
        Double took = view.state() == State.FINISHED ? Double.valueOf(job.busySeconds()) : null;
        json.any("averagePrintTime", took).decimal("estimatedPrintTime", job.duration(), 3);
        json.object(
                "filament",
                filament -> filament.object(
                        "tool0",
                        tool -> tool.decimal("length", job.duration() * 4, 2)
                                .decimal("volume", job.duration() / 100, 2)));
        json.object(
                "file",
                file -> file.integer("date", FILE_DATE)
                        .text("display", job.file())
                        .text("name", job.file().replace(' ', '_'))
                        .text("origin", "local")
                        .text("path", job.file().replace(' ', '_'))
                        .integer("size", job.size()));
        json.any("lastPrintTime", took).text("user", "_api");
    }

    private static void progress(JsonWriter json, PrinterView view, @Nullable JobView job) {
        if (job == null) {
            json.nothing("completion").nothing("filepos").nothing("printTime");
            json.nothing("printTimeLeft").nothing("printTimeLeftOrigin");
            return;
        }
        boolean done = view.state() == State.FINISHED;
        boolean noEstimateYet = job.active() < 1;
        json.any("completion", job.progress() * 100)
                .integer("filepos", Math.round(job.progress() * job.size()))
                .integer("printTime", (long) job.busySeconds())
                .integer("printTimeLeft", noEstimateYet ? 0 : Math.round(job.remaining()))
                .text("printTimeLeftOrigin", done || noEstimateYet ? null : "linear");
    }

    static void printer(JsonWriter json, PrinterView view, Set<String> without) {
        if (!without.contains("sd")) {
            json.object("sd", sd -> sd.flag("ready", true));
        }
        if (!without.contains("state")) {
            json.object(
                    "state",
                    state -> state.text("error", "")
                            .object("flags", flags -> flags(flags, view))
                            .text("text", text(view)));
        }
        if (!without.contains("temperature")) {
            json.object(
                    "temperature",
                    all -> all.object("bed", bed -> temperature(bed, view.bed(), view.bedTarget()))
                            .object("tool0", tool -> temperature(tool, view.nozzle(), view.nozzleTarget())));
        }
    }

    private static void temperature(JsonWriter json, double actual, double target) {
        json.decimal("actual", actual, 2).integer("offset", 0).decimal("target", target, 1);
    }

    private static void flags(JsonWriter json, PrinterView view) {
        boolean held = view.isHeld();
        boolean working = view.isPrinting() || held || view.state() == State.BUSY;
        json.flag("cancelling", false)
                .flag("closedOrError", false)
                .flag("error", false)
                .flag("finishing", false)
                .flag("operational", true)
                .flag("paused", held)
                .flag("pausing", false)
                .flag("printing", view.isPrinting())
                .flag("ready", !working)
                .flag("resuming", false)
                .flag("sdReady", true);
    }

    private static String text(PrinterView view) {
        JobView job = view.runningJob();
        if (view.isHeld()) {
            return "Paused";
        }
        if (view.isPrinting() && job != null) {
            return job.active() == 0 && job.heating() < STARTING_SECONDS ? "Starting" : "Printing";
        }
        return switch (view.state()) {
            case DISCONNECTED -> "Offline";
            case FAILED -> "Offline after error";
            case BUSY -> "Transferring file to SD";
            default -> "Operational";
        };
    }
}
