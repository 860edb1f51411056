package io.github.printer2mqtt.simulator.protocol;

import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;

/** The commands of OctoPrint as recorded; a rejected one throws {@link RejectedException}. Thread-safe. */
final class OctoPrintControls {
    static final String NOT_OPERATIONAL = "Printer is not operational";

    /** The commands of each path. */
    private static final Map<String, Set<String>> COMMANDS = Map.of(
            "/api/job", Set.of("pause", "cancel"),
            "/api/printer/tool", Set.of("target"),
            "/api/printer/bed", Set.of("target"),
            "/api/printer/printhead", Set.of("home"),
            "/api/printer/command", Set.of("M112"));

    private final SimulatedPrinter printer;

    OctoPrintControls(SimulatedPrinter printer) {
        this.printer = printer;
    }

    static boolean hasCommands(String path) {
        return COMMANDS.containsKey(path);
    }

    /** Executes the command of a request. */
    void run(SimulatedRequest request) {
        JsonObject body = body(request);
        String command = String.valueOf(body.getValue("command"));
        if (!COMMANDS.getOrDefault(request.path(), Set.of()).contains(command)) {
            throw new RejectedException(400, "command is invalid");
        }
        PrinterView view = printer.view();
        if (!OctoPrintBodies.isOperational(view)) {
            throw new RejectedException(409, NOT_OPERATIONAL);
        }
        switch (request.path()) {
            case "/api/printer/tool" ->
                printer.heatNozzle(degrees(
                        body.getValue("targets") instanceof JsonObject tools ? tools : new JsonObject(), "tool0"));
            case "/api/printer/bed" -> printer.heatBed(degrees(body, "target"));
            case "/api/printer/printhead" -> home(body);
            case "/api/printer/command" -> printer.emergencyStop();
            default -> job(view, command, String.valueOf(body.getValue("action", "toggle")));
        }
    }

    private static JsonObject body(SimulatedRequest request) {
        try {
            return new JsonObject(request.body());
        } catch (DecodeException | ClassCastException e) {
            throw new RejectedException(
                    400, "The browser (or proxy) sent a request that this server could not understand.");
        }
    }

    private static double degrees(JsonObject holder, String name) {
        if (!holder.containsKey(name)) {
            throw new RejectedException(400, "Mandatory parameters missing");
        }
        if (holder.getValue(name) instanceof Number number) {
            return number.doubleValue();
        }
        throw new RejectedException(400, "targets contains invalid value");
    }

    private void home(JsonObject body) {
        if (!(body.getValue("axes") instanceof JsonArray axes)) {
            throw new RejectedException(400, "Mandatory parameters missing");
        }
        for (Object axis : axes) {
            if (!Set.of("x", "y", "z").contains(axis)) {
                throw new RejectedException(400, "axes contains invalid value");
            }
        }
        try {
            axes.forEach(axis -> printer.home(String.valueOf(axis)));
        } catch (SimulatedPrinter.ForbiddenByStateException e) {
            throw new RejectedException(409, "Printer is not operational or currently printing");
        }
    }

    private void job(PrinterView view, String command, String action) {
        try {
            if (command.equals("cancel")) {
                printer.cancel();
            } else {
                hold(view, action);
            }
        } catch (SimulatedPrinter.ForbiddenByStateException e) {
            throw new RejectedException(
                    409, "Printer is neither printing nor paused, '" + command + "' command cannot be performed");
        }
    }

    /** Redundant commands succeed, as in the real server. */
    private void hold(PrinterView view, String action) {
        boolean pause = action.equals("pause") || (action.equals("toggle") && view.isPrinting());
        if (view.runningJob() == null) {
            throw new SimulatedPrinter.ForbiddenByStateException(action, view.state());
        }
        if (pause && view.isPrinting()) {
            printer.pause();
        } else if (!pause && view.state() == PrinterView.State.ATTENTION) {
            printer.clear();
        } else if (!pause && view.isHeld()) {
            printer.resume();
        }
    }
}
