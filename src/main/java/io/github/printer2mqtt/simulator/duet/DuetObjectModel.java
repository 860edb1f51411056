package io.github.printer2mqtt.simulator.duet;

import io.github.printer2mqtt.simulator.model.JobView;
import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The object model of RepRapFirmware for a simulated printer: heater 0 is the bed, heater 1 the nozzle of tool 0. Pure. */
final class DuetObjectModel {
    private DuetObjectModel() {}

    /** The word of the firmware for a state; it has none for the end of a print. */
    static String status(PrinterView view) {
        return switch (view.state()) {
            case DISCONNECTED -> "off";
            case IDLE, FINISHED, CANCELLED -> "idle";
            case HEATING, PRINTING -> "processing";
            case PAUSED -> "paused";
            case ATTENTION -> view.runningJob() == null ? "idle" : "paused";
            case FAILED -> "halted";
            case BUSY -> "busy";
        };
    }

    /** The values that change all the time. */
    static JsonObject live(PrinterView view) {
        return new JsonObject()
                .put(
                        "heat",
                        new JsonObject()
                                .put(
                                        "heaters",
                                        new JsonArray()
                                                .add(heater(view.bed(), view.bedTarget()))
                                                .add(heater(view.nozzle(), view.nozzleTarget()))))
                .put("job", liveJob(view.runningJob()))
                .put(
                        "state",
                        new JsonObject()
                                .put("currentTool", 0)
                                .put("messageBox", messageBox(view))
                                .put("status", status(view))
                                .put("upTime", view.uptime().toSeconds()));
    }

    private static JsonObject heater(double current, double target) {
        return new JsonObject()
                .put("active", target)
                .put("avgPwm", 0)
                .put("current", Math.round(current * 100) / 100.0)
                .put("standby", 0)
                .put("state", target > 0 ? "active" : "off");
    }

    private static JsonObject liveJob(@Nullable JobView job) {
        JsonObject left = new JsonObject();
        JsonObject json = new JsonObject().put("filePosition", 0).put("timesLeft", left);
        for (String name : new String[] {"duration", "layer", "layerTime", "pauseDuration", "warmUpDuration"}) {
            json.putNull(name);
        }
        left.putNull("filament").putNull("file").putNull("slicer");
        if (job == null) {
            return json;
        }
        left.put("file", Math.round(job.remaining())).put("slicer", Math.round(job.remaining()));
        return json.put("filePosition", Math.round(job.progress() * job.size()))
                .put("duration", (long) job.busySeconds())
                .put("layer", job.layer())
                .put("pauseDuration", (long) job.held())
                .put("warmUpDuration", (long) job.heating());
    }

    private static @Nullable JsonObject messageBox(PrinterView view) {
        return view.state() == State.ATTENTION
                ? new JsonObject()
                        .putNull("axisControls")
                        .put("cancelButton", true)
                        .put("message", "Insert filament")
                        .put("mode", 2)
                        .put("seq", 5)
                        .put("timeout", 0)
                        .put("title", "Filament change")
                : null;
    }

    /** The key {@code job}. */
    static JsonObject job(PrinterView view) {
        JobView running = view.runningJob();
        JobView last = running == null ? view.job() : null;
        JsonObject file = running == null
                ? new JsonObject().putNull("fileName").put("size", 0).put("numLayers", 0)
                : new JsonObject()
                        .put("fileName", path(running))
                        .put("size", running.size())
                        .put("numLayers", running.layers())
                        .put("generatedBy", "PrusaSlicer");
        return new JsonObject()
                .put("file", file)
                .put("lastFileName", last == null ? null : path(last))
                .put("lastDuration", last == null ? null : (long) last.busySeconds());
    }

    private static String path(JobView job) {
        return "0:/gcodes/" + job.file();
    }

    /** The key {@code heat}. */
    static JsonObject heat() {
        return new JsonObject()
                .put("bedHeaters", new JsonArray().add(0).add(-1).add(-1).add(-1))
                .put("chamberHeaters", new JsonArray().add(-1).add(-1).add(-1).add(-1));
    }

    /** The key {@code tools}. */
    static JsonArray tools() {
        return new JsonArray()
                .add(new JsonObject().put("heaters", new JsonArray().add(1)).put("number", 0));
    }

    /** The key {@code boards}. */
    static JsonArray boards() {
        return new JsonArray()
                .add(new JsonObject()
                        .put("firmwareName", "RepRapFirmware for Duet 3 MB6HC")
                        .put("firmwareVersion", "3.5.4")
                        .put("name", "Duet 3 MB6HC")
                        .put("shortName", "MB6HC"));
    }

    /** The key {@code state}. */
    static JsonObject state(PrinterView view) {
        return new JsonObject()
                .put("displayMessage", "")
                .put("messageBox", messageBox(view))
                .putNull("startupError")
                .put("status", status(view));
    }

    /**
     * The whole model, as DuetSoftwareFramework sends it.
     *
     * @param lastResult of the last print
     */
    static JsonObject whole(PrinterView view, State lastResult) {
        JsonObject all = live(view);
        all.getJsonObject("job")
                .mergeIn(job(view))
                .put("lastFileAborted", lastResult == State.FAILED)
                .put("lastFileCancelled", lastResult == State.CANCELLED)
                .put("lastFileSimulated", false);
        all.getJsonObject("heat").mergeIn(heat());
        all.getJsonObject("state").mergeIn(state(view));
        JsonArray messages = new JsonArray();
        if (view.message() != null) {
            messages.add(new JsonObject().put("type", 2).put("content", view.message()));
        }
        return all.put("tools", tools()).put("boards", boards()).put("messages", messages);
    }
}
