package io.github.printer2mqtt.simulator.repetier;

import io.github.printer2mqtt.simulator.model.JobView;
import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What Repetier-Server 1.4 says of a printer. Pure. */
final class RepetierBodies {
    private static final double EPOCH = 1_770_112_345;
    private static final int LINES_A_SECOND = 26;

    private RepetierBodies() {}

    static String slug(SimulatedPrinter printer) {
        return printer.name().replace(' ', '_');
    }

    /** The entry of a printer in the list. */
    static JsonObject entry(SimulatedPrinter printer) {
        PrinterView view = printer.view();
        JobView job = view.runningJob();
        JsonObject entry = new JsonObject()
                .put("active", true)
                .put("job", job == null ? "none" : job.file())
                .put("name", printer.name())
                .put("online", view.state() == State.DISCONNECTED ? 0 : 1)
                .put("pauseState", view.isHeld() ? 1 : 0)
                .put("paused", view.isHeld())
                .put("slug", slug(printer));
        return job == null
                ? entry
                : entry.put("analysed", 1)
                        .put("done", 100 * job.progress())
                        .put("jobid", job.id())
                        .put("jobstate", "running")
                        .put("linesSend", ((long) job.active()) * LINES_A_SECOND)
                        .put("ofLayer", job.layers())
                        .put("printStart", EPOCH)
                        .put("printTime", job.heating() + job.duration())
                        .put("printedTimeComp", job.busySeconds())
                        .put("serverTime", EPOCH + view.uptime().toSeconds())
                        .put("start", (long) EPOCH)
                        .put("totalLines", ((long) job.duration()) * LINES_A_SECOND);
    }

    /** The state of a printer; almost empty without a connection. */
    static JsonObject state(PrinterView view) {
        if (view.state() == State.DISCONNECTED) {
            return new JsonObject();
        }
        JobView job = view.runningJob();
        boolean isFailed = view.state() == State.FAILED;
        return new JsonObject()
                .put("activeExtruder", 0)
                .put("condition", isFailed ? 4 : 1)
                .put("conditionReason", isFailed ? "Error:" + view.message() : "")
                .put("debugLevel", 6)
                .put("extruder", new JsonArray().add(heater(view.nozzle(), view.nozzleTarget())))
                .put("fans", fans(view))
                .put("firmware", "Marlin")
                .put("firmwareURL", "")
                .put("flowMultiply", 100)
                .put("hasXHome", view.homed().contains("x"))
                .put("hasYHome", view.homed().contains("y"))
                .put("hasZHome", view.homed().contains("z"))
                .put("heatedBeds", new JsonArray().add(heater(view.bed(), view.bedTarget())))
                .put("heatedChambers", new JsonArray())
                .put("layer", job == null ? 0 : job.layer())
                .put("lights", 0)
                .put("numExtruder", 1)
                .put("powerOn", true)
                .put("rec", false)
                .put("sdcardMounted", true)
                .put("speedMultiply", 100)
                .put("volumetric", false)
                .put("x", 0)
                .put("y", 0)
                .put("z", 0);
    }

    private static JsonArray fans(PrinterView view) {
        boolean isPrinting = view.state() == State.PRINTING;
        return new JsonArray().add(new JsonObject().put("on", isPrinting).put("voltage", isPrinting ? 255 : 0));
    }

    private static JsonObject heater(double actual, double target) {
        return new JsonObject()
                .put("error", 0)
                .put("output", 0)
                .put("tempRead", Math.round(actual * 100) / 100.0)
                .put("tempSet", target);
    }

    /** The pending messages of a printer. */
    static JsonArray messages(PrinterView view) {
        JsonArray messages = new JsonArray();
        return view.state() == State.ATTENTION
                ? messages.add(new JsonObject()
                        .put("id", 1)
                        .put("msg", "Change filament")
                        .put("pause", true))
                : messages;
    }
}
