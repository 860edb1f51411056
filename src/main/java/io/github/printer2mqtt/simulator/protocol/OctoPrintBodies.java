package io.github.printer2mqtt.simulator.protocol;

import io.github.printer2mqtt.simulator.model.JobView;
import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import java.util.List;
import java.util.Locale;
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

    /** The user who logged in. */
    static void user(JsonWriter json, String name, String session) {
        json.text("_credentials_seen", "2026-11-21T08:09:17+00:00")
                .flag("_is_external_client", false)
                .text("_login_mechanism", "apikey")
                .flag("active", true)
                .flag("admin", true)
                .nothing("apikey")
                .any("groups", List.of("admins", "users"))
                .text("name", name)
                .object(
                        "needs",
                        needs -> needs.any("group", List.of("admins", "users"))
                                .any("role", List.of("status", "print", "control")))
                .any("permissions", List.of())
                .any("roles", List.of("user", "admin"))
                .text("session", session)
                .object("settings", settings -> {})
                .flag("user", true);
    }

    /** What the push socket sends first. */
    static void connected(JsonWriter json) {
        json.text("version", "1.11.8")
                .text("display_version", "1.11.8")
                .text("branch", "main")
                .text("python_version", "3.11.2")
                .text("plugin_hash", "a843ab145d92eecc28c4a95a7018ffb4")
                .text("config_hash", "eeebbc2dbfdf01324220ecbfbb98ed81")
                .flag("debug", false)
                .nothing("safe_mode")
                .flag("online", true)
                .any("permissions", List.of());
    }

    /** The status as the push socket sends it, without temperatures. */
    static void status(JsonWriter json, PrinterView view) {
        String error = view.state() == State.FAILED ? view.message() : "";
        json.object(
                "state",
                state -> state.text("text", text(view))
                        .object("flags", flags -> flags(flags, view))
                        .text("error", error));
        jobAndProgress(json, view);
        json.nothing("currentZ")
                .object("offsets", offsets -> {})
                .object(
                        "resends",
                        resends -> resends.integer("count", 0)
                                .integer("transmitted", 8)
                                .integer("ratio", 0))
                .decimal("serverTime", FILE_DATE + view.uptime().toMillis() / 1000.0, 3)
                .any("markings", List.of())
                .any("logs", List.of())
                .any("messages", List.of());
    }

    /** A point of the temperatures that the push socket sends; it has a chamber for every printer. */
    static void point(JsonWriter json, PrinterView view) {
        json.integer("time", FILE_DATE + view.uptime().toSeconds())
                .object("tool0", tool -> measured(tool, view.nozzle(), view.nozzleTarget()))
                .object("bed", bed -> measured(bed, view.bed(), view.bedTarget()))
                .object("chamber", chamber -> chamber.nothing("actual").nothing("target"));
    }

    private static void measured(JsonWriter json, double actual, double target) {
        json.decimal("actual", actual, 2).decimal("target", target, 1);
    }

    static void job(JsonWriter json, PrinterView view) {
        if (view.state() == State.FAILED) {
            json.text("error", view.message());
        }
        jobAndProgress(json, view);
        json.text("state", text(view));
    }

    private static void jobAndProgress(JsonWriter json, PrinterView view) {
        JobView selected = isOperational(view) ? view.job() : null;
        if (selected == null) {
            json.object("job", job -> noFile(job, view));
        } else {
            json.object("job", job -> file(job, view, selected));
        }
        boolean counted = selected != null && (view.runningJob() != null || view.state() == State.FINISHED);
        json.object("progress", progress -> progress(progress, view, counted ? selected : null));
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

    static String fileName(JobView job) {
        return job.file().replace(' ', '_');
    }

    /** A file in the storage, with what a plug-in for thumbnails adds. */
    static void resource(JsonWriter json, String name) {
        json.text("name", name)
                .text("path", name)
                .text("origin", "local")
                .text("thumbnail", "plugin/prusaslicerthumbnails/thumbnail/" + name + ".png?20261121095000")
                .text("thumbnail_src", "prusaslicerthumbnails");
    }

    /** The part of the settings that is about the camera, which is named as seen from OctoPrint. */
    static void settings(JsonWriter json, String host) {
        String camera = "http://127.0.0.1" + host.substring(Math.max(0, host.lastIndexOf(':'))) + "/webcam/?action=";
        json.object(
                "webcam",
                webcam -> webcam.flag("webcamEnabled", true)
                        .text("streamUrl", camera + "stream")
                        .text("snapshotUrl", camera + "snapshot"));
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
                        .text("name", fileName(job))
                        .text("origin", "local")
                        .text("path", fileName(job))
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
        boolean operational = isOperational(view);
        boolean working = view.isPrinting() || held || view.state() == State.BUSY;
        json.flag("cancelling", false)
                .flag("closedOrError", !operational)
                .flag("error", false)
                .flag("finishing", false)
                .flag("operational", operational)
                .flag("paused", held)
                .flag("pausing", false)
                .flag("printing", view.isPrinting())
                .flag("ready", operational && !working)
                .flag("resuming", false)
                .flag("sdReady", operational);
    }

    /** The name of the state in events. */
    static String stateId(PrinterView view) {
        String text = text(view);
        return switch (text) {
            case "Offline" -> "CLOSED";
            case "Offline after error" -> "CLOSED_WITH_ERROR";
            case "Transferring file to SD" -> "TRANSFERING_FILE";
            default -> text.toUpperCase(Locale.ROOT);
        };
    }

    static String text(PrinterView view) {
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
