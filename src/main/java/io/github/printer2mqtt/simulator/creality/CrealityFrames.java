package io.github.printer2mqtt.simulator.creality;

import io.github.printer2mqtt.simulator.creality.CrealitySimulator.Model;
import io.github.printer2mqtt.simulator.model.JobView;
import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** The documents of a Creality printer. Thread-safe. */
final class CrealityFrames {
    private final SimulatedPrinter printer;
    private final Model model;
    private volatile int light = 1;
    private volatile int speed = 100;
    private volatile boolean outOfFilament;

    /** The print before stays visible; empty before the first one. */
    private volatile JsonObject print = new JsonObject()
            .put("printFileName", "")
            .put("printProgress", 0)
            .put("printJobTime", 0)
            .put("printLeftTime", 0)
            .put("layer", 0)
            .put("TotalLayer", 0);

    CrealityFrames(SimulatedPrinter printer, Model model) {
        this.printer = printer;
        this.model = model;
    }

    void setLight(int value) {
        light = value;
    }

    void setSpeed(int percent) {
        speed = percent;
    }

    void setOutOfFilament(boolean empty) {
        outOfFilament = empty;
    }

    JsonObject status() {
        PrinterView view = printer.view();
        JobView job = view.job();
        if (job != null) {
            print = print(job);
        }
        int error = view.state() == State.FAILED ? 4 : view.state() == State.ATTENTION ? 2835 : 0;
        return new JsonObject()
                .put("model", model.name())
                .put("modelVersion", "printer hw ver:;printer sw ver:;DWIN hw ver:CR4CU220812S12;DWIN sw ver:1.3.3.46;")
                .put("hostname", "Creality-0A1B")
                .put("connect", 1)
                .put("state", state(view.state()))
                .put("deviceState", device(view.state()))
                .put(
                        "err",
                        new JsonObject().put("errcode", error).put("key", error).put("value", ""))
                .put("withSelfTest", 100)
                .put("targetNozzleTemp", (int) view.nozzleTarget())
                .put("targetBedTemp0", (int) view.bedTarget())
                .put("boxTemp", 31)
                .put("targetBoxTemp", 0)
                .put("maxBoxTemp", 0)
                .put("curFeedratePct", speed)
                .put("curFlowratePct", 100)
                .put("modelFanPct", view.state() == State.PRINTING ? 100 : 0)
                .put("lightSw", light)
                .put("materialStatus", outOfFilament ? 1 : 0)
                .put("feedState", 0)
                .put("upgradeStatus", 0)
                .put("repoPlrStatus", 0)
                .put("cfsConnect", 1)
                .mergeIn(temperatures(view))
                .mergeIn(print);
    }

    JsonObject temperatures() {
        return temperatures(printer.view());
    }

    private static JsonObject temperatures(PrinterView view) {
        return new JsonObject()
                .put("nozzleTemp", String.format(Locale.ROOT, "%.6f", view.nozzle()))
                .put("bedTemp0", String.format(Locale.ROOT, "%.6f", view.bed()));
    }

    private static JsonObject print(JobView job) {
        return new JsonObject()
                .put("printFileName", "/usr/data/printer_data/gcodes/" + job.file())
                .put("printProgress", (int) (job.progress() * 100))
                .put("printJobTime", (int) job.busySeconds())
                .put("printLeftTime", (int) job.remaining())
                .put("layer", job.layer())
                .put("TotalLayer", job.layers());
    }

    private int state(State state) {
        boolean forgets = model == Model.F009;
        return switch (state) {
            case HEATING, PRINTING -> 1;
            case PAUSED, ATTENTION -> 5;
            case FINISHED -> forgets ? 0 : 2;
            case CANCELLED -> forgets ? 0 : 4;
            case FAILED -> 3;
            case IDLE, BUSY, DISCONNECTED -> 0;
        };
    }

    private static int device(State state) {
        return switch (state) {
            case HEATING, PRINTING, PAUSED, ATTENTION -> 1;
            case BUSY -> 7;
            case IDLE, FINISHED, CANCELLED, FAILED, DISCONNECTED -> 0;
        };
    }

    static JsonObject spools() {
        return new JsonObject()
                .put(
                        "boxsInfo",
                        new JsonObject()
                                .put("same_material", new JsonArray())
                                .put(
                                        "materialBoxs",
                                        new JsonArray(List.of(
                                                box(0, 1, spool(0, "PETG", "#07a92ac", 0)),
                                                box(
                                                        1,
                                                        0,
                                                        spool(0, "PLA", "#0ffa800", 1),
                                                        spool(1, "ABS", "#0ffffff", 0))))));
    }

    private static JsonObject box(int id, int type, JsonObject... spools) {
        return new JsonObject()
                .put("id", id)
                .put("type", type)
                .put("state", 1)
                .put("materials", new JsonArray(List.of((Object[]) spools)));
    }

    private static JsonObject spool(int id, String type, String color, int selected) {
        return new JsonObject()
                .put("id", id)
                .put("vendor", "Generic")
                .put("type", type)
                .put("name", "Generic " + type)
                .put("color", color)
                .put("percent", 80)
                .put("state", 1)
                .put("selected", selected);
    }
}
