package io.github.printer2mqtt.simulator.ultimaker;

import io.github.printer2mqtt.simulator.model.JobView;
import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The documents of an UltiMaker S5 with two print cores, of which the first one prints. Pure. */
final class UltimakerBodies {
    private UltimakerBodies() {}

    static JsonObject system(String name) {
        return new JsonObject()
                .put("firmware", "8.3.1.20250403")
                .put("guid", "4d7c5d0e-0000-4000-8000-000000000001")
                .put("hostname", "ultimakersystem-00aabbccddee")
                .put("name", name)
                .put("type", "3D printer")
                .put("variant", "Ultimaker S5");
    }

    static JsonObject printer(PrinterView view) {
        return new JsonObject()
                .put(
                        "bed",
                        new JsonObject()
                                .put("temperature", temperature(view.bed(), view.bedTarget()))
                                .put("type", "glass"))
                .put(
                        "heads",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put(
                                                "extruders",
                                                new JsonArray()
                                                        .add(extruder("AA 0.4", view.nozzle(), view.nozzleTarget()))
                                                        .add(extruder("BB 0.4", 24.9, 0)))
                                        .put("fan", view.state() == State.PRINTING ? 100 : 0)))
                .put("led", new JsonObject().put("brightness", 40).put("hue", 0).put("saturation", 0))
                .put("status", status(view.state()));
    }

    private static JsonObject extruder(String core, double current, double target) {
        return new JsonObject()
                .put("active_material", new JsonObject().put("GUID", "").put("length_remaining", -1))
                .put("hotend", new JsonObject().put("id", core).put("temperature", temperature(current, target)));
    }

    private static JsonObject temperature(double current, double target) {
        return new JsonObject().put("current", Math.round(current * 10) / 10.0).put("target", target);
    }

    private static String status(State state) {
        return switch (state) {
            case DISCONNECTED -> "booting";
            case FAILED -> "error";
            case BUSY -> "maintenance";
            case HEATING, PRINTING, PAUSED, ATTENTION -> "printing";
            case IDLE, FINISHED, CANCELLED -> "idle";
        };
    }

    /** Null without a print. */
    static @Nullable JsonObject job(PrinterView view) {
        JobView job = view.job();
        String state = jobState(view.state());
        if (job == null || state == null) {
            return null;
        }
        return new JsonObject()
                .put("datetime_cleaned", "")
                .put("datetime_finished", state.equals("wait_cleanup") ? "2026-02-03T10:01:00" : "")
                .put("datetime_started", "2026-02-03T09:00:00")
                .put("name", job.file())
                .put("pause_source", view.state() == State.PAUSED ? "USER" : "")
                .put("progress", job.progress())
                .put("reprint_original_uuid", null)
                .put("result", result(view.state()))
                .put("source", "WEB_API")
                .put("source_application", "Ultimaker Cura")
                .put("source_user", "lab")
                .put("state", state)
                .put("time_elapsed", (long) (job.busySeconds() + job.held()))
                .put("time_total", (long) (job.heating() + job.duration()))
                .put("uuid", "3fa85f64-5717-4562-b3fc-" + String.format(Locale.ROOT, "%012d", job.id()));
    }

    private static @Nullable String jobState(State state) {
        return switch (state) {
            case HEATING -> "pre_print";
            case PRINTING -> "printing";
            case PAUSED -> "paused";
            case ATTENTION -> "wait_user_action";
            case FINISHED, CANCELLED -> "wait_cleanup";
            case IDLE, BUSY, FAILED, DISCONNECTED -> null;
        };
    }

    /** Empty after a finished print, as recorded. */
    private static String result(State state) {
        return state == State.CANCELLED ? "Aborted" : "";
    }
}
