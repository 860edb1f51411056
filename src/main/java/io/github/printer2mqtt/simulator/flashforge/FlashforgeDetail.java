package io.github.printer2mqtt.simulator.flashforge;

import io.github.printer2mqtt.simulator.model.JobView;
import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The status of an Adventurer 5M Pro. Pure. */
final class FlashforgeDetail {
    private static final String CLOGGED = "E0089";
    private static final String FAULT = "E0001";

    private FlashforgeDetail() {}

    static JsonObject of(String name, PrinterView view, boolean light) {
        JobView job = view.state() == State.BUSY ? null : view.job();
        return print(job)
                .put("cameraStreamUrl", "")
                .put("chamberFanSpeed", 0)
                .put("chamberTargetTemp", 0)
                .put("chamberTemp", 0)
                .put("coolingFanSpeed", view.state() == State.PRINTING ? 100 : 0)
                .put("currentPrintSpeed", view.isPrinting() ? 300 : 0)
                .put("doorStatus", "close")
                .put("errorCode", error(view.state()))
                .put("firmwareVersion", "v3.2.7")
                .put("lightStatus", light ? "open" : "close")
                .put("name", name)
                .put("nozzleCnt", 1)
                .put("nozzleModel", "0.4mm")
                .put("pid", 36)
                .put("platTargetTemp", view.bedTarget())
                .put("platTemp", view.bed())
                .put("printSpeedAdjust", 100)
                .put("rightFilamentType", "PLA")
                .put("rightTargetTemp", view.nozzleTarget())
                .put("rightTemp", view.nozzle())
                .put("status", status(view.state()));
    }

    private static JsonObject print(@Nullable JobView job) {
        if (job == null) {
            return new JsonObject()
                    .put("estimatedTime", 0)
                    .put("printDuration", 0)
                    .put("printFileName", "")
                    .put("printLayer", 0)
                    .put("printProgress", 0)
                    .put("targetPrintLayer", 0);
        }
        return new JsonObject()
                .put("estimatedTime", job.duration())
                .put("printDuration", (long) job.busySeconds())
                .put("printFileName", job.file())
                .put("printLayer", job.layer())
                .put("printProgress", job.progress())
                .put("targetPrintLayer", job.layers());
    }

    private static String status(State state) {
        return switch (state) {
            case IDLE -> "ready";
            case HEATING -> "heating";
            case PRINTING -> "printing";
            case PAUSED, ATTENTION -> "pause";
            case FINISHED -> "completed";
            case CANCELLED -> "cancel";
            case FAILED -> "error";
            case BUSY, DISCONNECTED -> "busy";
        };
    }

    private static String error(State state) {
        return state == State.ATTENTION ? CLOGGED : state == State.FAILED ? FAULT : "";
    }
}
