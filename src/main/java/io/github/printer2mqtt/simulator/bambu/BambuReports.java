package io.github.printer2mqtt.simulator.bambu;

import io.github.printer2mqtt.simulator.model.JobView;
import io.github.printer2mqtt.simulator.model.PrinterView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The messages of a P1S. Source: recorded reports of P1S and P1P. Pure. */
final class BambuReports {
    /** What a print shows in {@code fail_reason} that a person stopped. */
    static final int CANCELLED = 0x0300_400C;

    private static final int OUT_OF_FILAMENT = 0x0300_8015;
    private static final int NOZZLE_ERROR = 0x0300_8014;
    private static final int NO_STAGE = 255;
    private static final int HEATING_BED = 2;
    private static final int LOADING = 24;
    private static final Map<Integer, Integer> PERCENT_OF_LEVEL = Map.of(1, 50, 2, 100, 3, 124, 4, 166);

    private BambuReports() {}

    /**
     * The members of {@code print} that come from the printer's state.
     *
     * @param speedLevel 1 to 4
     */
    static JsonObject status(PrinterView view, boolean isLightOn, int speedLevel) {
        JobView job = view.job();
        boolean isUnderWay = view.runningJob() != null;
        JsonObject status = new JsonObject()
                .put("gcode_state", state(view))
                .put("stg_cur", stage(view))
                .put("print_type", isUnderWay ? "local" : "idle")
                .put("print_error", error(view))
                .put("fail_reason", view.state() == PrinterView.State.CANCELLED ? String.valueOf(CANCELLED) : "0")
                .put("hms", new JsonArray())
                .put("nozzle_temper", rounded(view.nozzle()))
                .put("nozzle_target_temper", rounded(view.nozzleTarget()))
                .put("bed_temper", rounded(view.bed()))
                .put("bed_target_temper", rounded(view.bedTarget()))
                .put("chamber_temper", 5)
                .put("nozzle_diameter", "0.4")
                .put("nozzle_type", "stainless_steel")
                .put("spd_lvl", speedLevel)
                .put("spd_mag", PERCENT_OF_LEVEL.get(speedLevel))
                .put("cooling_fan_speed", view.state() == PrinterView.State.PRINTING ? "15" : "0")
                .put("big_fan1_speed", "0")
                .put("big_fan2_speed", "0")
                .put("heatbreak_fan_speed", view.nozzle() > 50 ? "15" : "0")
                .put("wifi_signal", "-52dBm")
                .put("sdcard", true)
                .put(
                        "lights_report",
                        JsonArray.of(
                                new JsonObject().put("node", "chamber_light").put("mode", isLightOn ? "on" : "off")));
        return status.mergeIn(job(job, isUnderWay));
    }

    /** A P1S forgets percent and layers when a print ends. */
    private static JsonObject job(@Nullable JobView job, boolean isUnderWay) {
        JobView running = isUnderWay ? job : null;
        return new JsonObject()
                .put("subtask_name", job == null ? "" : job.file())
                .put("gcode_file", job == null ? "" : job.file())
                .put("mc_percent", running == null ? 0 : (int) (running.progress() * 100))
                .put("mc_remaining_time", running == null ? 0 : (int) Math.ceil(running.remaining() / 60))
                .put("layer_num", running == null ? 0 : running.layer())
                .put("total_layer_num", running == null ? 0 : running.layers());
    }

    private static String state(PrinterView view) {
        return switch (view.state()) {
            case DISCONNECTED, IDLE, BUSY -> "IDLE";
            case HEATING -> isStarting(view) ? "PREPARE" : "RUNNING";
            case PRINTING -> "RUNNING";
            case PAUSED -> "PAUSE";
            case ATTENTION -> view.runningJob() == null ? "IDLE" : "PAUSE";
            case FINISHED -> "FINISH";
            case CANCELLED, FAILED -> "FAILED";
        };
    }

    private static boolean isStarting(PrinterView view) {
        JobView job = view.job();
        return job == null || job.active() <= 0;
    }

    private static int stage(PrinterView view) {
        return switch (view.state()) {
            case HEATING -> HEATING_BED;
            case PRINTING -> 0;
            case PAUSED -> 16;
            case BUSY -> LOADING;
            default -> NO_STAGE;
        };
    }

    private static int error(PrinterView view) {
        return switch (view.state()) {
            case ATTENTION -> OUT_OF_FILAMENT;
            case FAILED -> NOZZLE_ERROR;
            default -> 0;
        };
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }

    /** The members that differ from those that a client knows. */
    static JsonObject changes(JsonObject known, JsonObject now) {
        JsonObject changes = new JsonObject();
        now.forEach(member -> {
            if (!Objects.equals(known.getValue(member.getKey()), member.getValue())) {
                changes.put(member.getKey(), member.getValue());
            }
        });
        return changes;
    }

    /** A whole status. */
    static JsonObject whole(JsonObject status, long sequence) {
        return report(status, 0, sequence);
    }

    /** A change of the status. */
    static JsonObject delta(JsonObject changes, long sequence) {
        return report(changes, 1, sequence);
    }

    private static JsonObject report(JsonObject members, int kind, long sequence) {
        return new JsonObject()
                .put(
                        "print",
                        members.copy()
                                .put("command", "push_status")
                                .put("msg", kind)
                                .put("sequence_id", String.valueOf(sequence)));
    }

    /** The response to {@code get_version}. */
    static JsonObject version(String product, String serial, JsonObject request) {
        return new JsonObject()
                .put(
                        "info",
                        new JsonObject()
                                .put("command", "get_version")
                                .put("sequence_id", request.getString("sequence_id", "0"))
                                .put(
                                        "module",
                                        JsonArray.of(
                                                module("ota", "01.08.02.00", serial)
                                                        .put("product_name", product),
                                                module("esp32", "01.11.35.43", serial)
                                                        .put("project_name", "C12")))
                                .put("result", "success"));
    }

    private static JsonObject module(String name, String version, String serial) {
        return new JsonObject()
                .put("name", name)
                .put("sw_ver", version)
                .put("hw_ver", "AP04")
                .put("sn", serial);
    }
}
