package io.github.printer2mqtt.simulator.elegoo;

import io.github.printer2mqtt.simulator.model.JobView;
import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The documents of a Centauri Carbon. Pure. */
final class SdcpBodies {
    private SdcpBodies() {}

    static JsonObject attributes(String name, String mainboard) {
        return new JsonObject()
                .put("Name", name)
                .put("MachineName", "Centauri Carbon")
                .put("BrandName", "ELEGOO")
                .put("ProtocolVersion", "V3.0.0")
                .put("FirmwareVersion", "V1.4.49")
                .put("MainboardID", mainboard)
                .put("SupportFileType", new JsonArray().add("gcode"));
    }

    static JsonObject status(PrinterView view, boolean light) {
        return new JsonObject()
                .put("CurrentStatus", new JsonArray().add(machine(view)))
                .put("TimeLapseStatus", 0)
                .put("PlatFormType", 0)
                .put("TempOfHotbed", view.bed())
                .put("TempOfNozzle", view.nozzle())
                .put("TempOfBox", 28.1)
                .put("TempTargetHotbed", view.bedTarget())
                .put("TempTargetNozzle", view.nozzleTarget())
                .put("TempTargetBox", 0)
                .put(
                        "CurrentFanSpeed",
                        new JsonObject()
                                .put("ModelFan", view.state() == State.PRINTING ? 100 : 0)
                                .put("AuxiliaryFan", 0)
                                .put("BoxFan", 0))
                .put(
                        "LightStatus",
                        new JsonObject()
                                .put("SecondLight", light ? 1 : 0)
                                .put("RgbLight", new JsonArray().add(0).add(0).add(0)))
                .put("PrintInfo", print(view));
    }

    private static int machine(PrinterView view) {
        return switch (view.state()) {
            case IDLE, FINISHED, CANCELLED, FAILED -> 0;
            case HEATING, PRINTING, PAUSED -> 1;
            case ATTENTION -> view.runningJob() == null ? 10 : 1;
            case BUSY, DISCONNECTED -> 5;
        };
    }

    private static int step(State state) {
        return switch (state) {
            case IDLE, BUSY, DISCONNECTED -> 0;
            case HEATING -> 16;
            case PRINTING -> 13;
            case PAUSED -> 6;
            case ATTENTION -> 26;
            case FINISHED -> 9;
            case CANCELLED -> 8;
            case FAILED -> 14;
        };
    }

    /** File, task and progress are missing while it heats and after the end, as recorded. */
    private static JsonObject print(PrinterView view) {
        JobView job = view.job();
        JobView running = view.runningJob();
        JobView named = view.state() == State.HEATING ? null : running;
        return new JsonObject()
                .put("Status", step(view.state()))
                .put("CurrentLayer", job == null ? 0 : job.layer())
                .put("TotalLayer", job == null ? 0 : job.layers())
                .put("CurrentTicks", job == null ? 0 : job.active())
                .put("TotalTicks", job == null ? 0 : job.duration())
                .put("Filename", named == null ? "" : named.file())
                .put("TaskId", named == null ? "" : task(named))
                .put("PrintSpeedPct", 100)
                .put("Progress", progress(running));
    }

    private static String task(JobView job) {
        return "3d315103-79cc-498c-8512-" + (100_000_000_000L + job.id());
    }

    private static int progress(@Nullable JobView running) {
        return running == null ? 0 : (int) (running.progress() * 100);
    }
}
