package io.github.printer2mqtt.simulator.elegoo;

import io.github.printer2mqtt.simulator.model.JobView;
import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The status of a Centauri Carbon 2. Pure. */
final class Cc2Status {
    private static final int RUN_OUT = 109;

    private Cc2Status() {}

    static JsonObject of(PrinterView view, int light) {
        JobView job = shownJob(view);
        return new JsonObject()
                .put("error_code", 0)
                .put("extruder", heater(view.nozzle(), view.nozzleTarget()).put("filament_detected", 1))
                .put("heater_bed", heater(view.bed(), view.bedTarget()))
                .put("ztemperature_sensor", new JsonObject().put("temperature", 24))
                .put("fans", new JsonObject().put("fan", fan(view)).put("aux_fan", new JsonObject().put("speed", 0)))
                .put("led", new JsonObject().put("status", light))
                .put("machine_status", machine(view, job))
                .put("print_status", print(view, job));
    }

    /** Nothing is left of a print that has failed. */
    private static @Nullable JobView shownJob(PrinterView view) {
        boolean isShown = view.state() == State.FINISHED || view.state() == State.CANCELLED;
        return isShown ? view.job() : view.runningJob();
    }

    private static JsonObject heater(double actual, double target) {
        return new JsonObject()
                .put("temperature", Math.round(actual * 10) / 10.0)
                .put("target", target);
    }

    private static JsonObject fan(PrinterView view) {
        return new JsonObject().put("speed", view.state() == State.PRINTING ? 255.0 : 0.0);
    }

    private static JsonObject machine(PrinterView view, @Nullable JobView job) {
        JsonArray exceptions = new JsonArray();
        if (view.state() == State.ATTENTION) {
            exceptions.add(RUN_OUT);
        }
        return new JsonObject()
                .put("status", status(view.state()))
                .put("sub_status", step(view.state()))
                .put("exception_status", exceptions)
                .put("progress", job == null ? 0 : Math.round(100 * job.progress()));
    }

    private static int status(State state) {
        return switch (state) {
            case IDLE, CANCELLED -> 1;
            case HEATING, PRINTING, PAUSED, ATTENTION, FINISHED -> 2;
            case FAILED -> 14;
            case BUSY, DISCONNECTED -> 3;
        };
    }

    private static int step(State state) {
        return switch (state) {
            case HEATING -> 1045;
            case PRINTING -> 2075;
            case PAUSED, ATTENTION -> 2502;
            case FINISHED -> 2077;
            case CANCELLED -> 2504;
            default -> 0;
        };
    }

    private static JsonObject print(PrinterView view, @Nullable JobView job) {
        JsonObject print = new JsonObject().put("state", word(view.state()));
        return job == null
                ? print.put("filename", "")
                        .put("uuid", "")
                        .put("current_layer", 0)
                        .put("print_duration", 0)
                        .put("remaining_time_sec", 0)
                : print.put("filename", job.file())
                        .put("uuid", "00000000-0000-4000-8000-" + String.format(Locale.ROOT, "%012d", job.id()))
                        .put("current_layer", job.layer())
                        .put("total_layer", job.layers())
                        .put("print_duration", (long) job.busySeconds())
                        .put("remaining_time_sec", (long) job.remaining());
    }

    private static String word(State state) {
        return switch (state) {
            case HEATING, PRINTING -> "printing";
            case PAUSED, ATTENTION -> "paused";
            case FINISHED -> "complete";
            case CANCELLED -> "cancelled";
            default -> "";
        };
    }

    /** The members of a status that differ from an earlier one, by object. */
    static JsonObject changes(JsonObject before, JsonObject now) {
        JsonObject changes = new JsonObject();
        now.forEach(member -> {
            Object old = before.getValue(member.getKey());
            if (member.getValue() instanceof JsonObject inner && old instanceof JsonObject known) {
                JsonObject deeper = changes(known, inner);
                if (!deeper.isEmpty()) {
                    changes.put(member.getKey(), deeper);
                }
            } else if (!member.getValue().equals(old)) {
                changes.put(member.getKey(), member.getValue());
            }
        });
        return changes;
    }
}
