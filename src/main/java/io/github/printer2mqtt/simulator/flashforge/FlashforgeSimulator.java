package io.github.printer2mqtt.simulator.flashforge;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import io.github.printer2mqtt.simulator.server.SimulatedResponse;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * An Adventurer 5M Pro in LAN mode: every response has status 200 and a code in its body, and a command is always a success, also
 * one that the printer does not execute. Written from descriptions and recordings; no printer was at hand.
 */
public final class FlashforgeSimulator implements ProtocolSimulator {
    private static final int OFF = -100;

    private final SimulatedPrinter printer;
    private final String serialNumber;
    private final Secret checkCode;
    private volatile boolean light = true;

    public FlashforgeSimulator(SimulatedPrinter printer, String serialNumber, String checkCode) {
        this.printer = printer;
        this.serialNumber = serialNumber;
        this.checkCode = Secret.of(checkCode);
    }

    @Override
    public SimulatedPrinter printer() {
        return printer;
    }

    @Override
    public String driver() {
        return "flashforge";
    }

    @Override
    public SimulatedResponse respond(SimulatedRequest request) {
        if (!request.method().equals("POST")) {
            return response(request, 404, "Not Found", new JsonObject());
        }
        JsonObject body;
        try {
            body = new JsonObject(request.body());
        } catch (DecodeException e) {
            return ok(request, code(-1, "Parameters is error"));
        }
        if (!serialNumber.equals(body.getValue("serialNumber"))) {
            return ok(request, code(-1, "Parameters is error"));
        }
        if (!(body.getValue("checkCode") instanceof String given) || !checkCode.matches(given)) {
            return ok(request, code(1, "Access code is different"));
        }
        return switch (request.path()) {
            case "/detail" ->
                ok(
                        request,
                        code(0, "Success").put("detail", FlashforgeDetail.of(printer.name(), printer.view(), light)));
            case "/product" ->
                ok(request, code(0, "Success").put("product", new JsonObject().put("lightCtrlState", 1)));
            case "/control" -> {
                control(body);
                yield ok(request, code(0, "Success"));
            }
            default -> response(request, 404, "Not Found", new JsonObject());
        };
    }

    private void control(JsonObject body) {
        try {
            JsonObject payload = body.getJsonObject("payload", new JsonObject());
            JsonObject arguments = payload.getJsonObject("args", new JsonObject());
            switch (payload.getString("cmd", "")) {
                case "jobCtl_cmd" -> job(arguments.getString("action", ""));
                case "lightControl_cmd" -> light = "open".equals(arguments.getString("status"));
                case "temperatureCtl_cmd" -> heat(arguments);
                case "stateCtrl_cmd" -> printer.clear();
                default -> {} // answered alike
            }
        } catch (SimulatedPrinter.ForbiddenByStateException | ClassCastException e) {
            // The printer ignores what it cannot do.
        }
    }

    private void job(String action) {
        switch (action) {
            case "pause" -> printer.pause();
            case "continue" -> printer.resume();
            case "cancel" -> printer.cancel();
            default -> {} // answered alike
        }
    }

    private void heat(JsonObject arguments) {
        double bed = arguments.getDouble("platform", -200.0);
        double nozzle = arguments.getDouble("rightNozzle", -200.0);
        if (bed >= OFF) {
            printer.heatBed(Math.max(0, bed));
        }
        if (nozzle >= OFF) {
            printer.heatNozzle(Math.max(0, nozzle));
        }
    }

    private static JsonObject code(int code, String message) {
        return new JsonObject().put("code", code).put("message", message);
    }

    private static SimulatedResponse ok(SimulatedRequest request, JsonObject body) {
        return response(request, 200, "OK", body);
    }

    /** The media type is spelled as on the Creator 5. */
    private static SimulatedResponse response(SimulatedRequest request, int status, String reason, JsonObject body) {
        Buffer bytes = body.toBuffer();
        return new SimulatedResponse(
                status, reason, List.of("Content-Type: appliation/json"), bytes, request.wantsClose());
    }
}
