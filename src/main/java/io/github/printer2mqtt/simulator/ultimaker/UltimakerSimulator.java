package io.github.printer2mqtt.simulator.ultimaker;

import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import io.github.printer2mqtt.simulator.server.SimulatedResponse;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * An UltiMaker S5: reading is open, changes need a digest with a paired id and key, no print is a 404. Written from the text of
 * its API page and recordings; no printer was at hand.
 */
public final class UltimakerSimulator implements ProtocolSimulator {
    private static final String STATE = "/api/v1/print_job/state";

    private final SimulatedPrinter printer;
    private final DigestGuard guard;

    public UltimakerSimulator(SimulatedPrinter printer, String id, String key) {
        this.printer = printer;
        this.guard = new DigestGuard(id, key);
    }

    @Override
    public SimulatedPrinter printer() {
        return printer;
    }

    @Override
    public String driver() {
        return "ultimaker";
    }

    @Override
    public SimulatedResponse respond(SimulatedRequest request) {
        if (request.method().equals("PUT") && request.path().equals(STATE)) {
            return guard.admits(request)
                    ? command(request)
                    : response(request, 401, "Unauthorized", message("Authorization required."), guard.challenge());
        }
        if (!request.isGet()) {
            return response(request, 405, "Method Not Allowed", message("Method not allowed"));
        }
        if (request.path().equals("/api/v1/auth/verify")) {
            return guard.admits(request)
                    ? ok(request, message("ok"))
                    : response(request, 401, "Unauthorized", message("Authorization required."), guard.challenge());
        }
        return resource(request, printer.view());
    }

    /** A document or, below its path, one of its members. */
    private SimulatedResponse resource(SimulatedRequest request, PrinterView view) {
        String[] parts = request.path().replace("/api/v1/", "").split("/", -1);
        Object found = switch (parts[0]) {
            case "system" -> UltimakerBodies.system(printer.name());
            case "printer" -> UltimakerBodies.printer(view);
            case "print_job" -> UltimakerBodies.job(view);
            default -> null;
        };
        for (int i = 1; i < parts.length; i++) {
            found = found instanceof JsonObject document ? document.getValue(parts[i]) : null;
        }
        return found == null ? notFound(request) : ok(request, Json.encodeToBuffer(found));
    }

    private SimulatedResponse command(SimulatedRequest request) {
        try {
            switch (new JsonObject(request.body()).getString("target", "")) {
                case "pause" -> printer.pause();
                case "print" -> printer.resumeHeld();
                case "abort" -> printer.cancel();
                default -> {
                    return response(request, 400, "Bad Request", message("Invalid target"));
                }
            }
        } catch (SimulatedPrinter.ForbiddenByStateException e) {
            return response(request, 405, "Method Not Allowed", message("Printer is busy"));
        } catch (DecodeException | ClassCastException e) {
            return response(request, 400, "Bad Request", message("Invalid JSON"));
        }
        return response(request, 204, "No Content", Buffer.buffer());
    }

    private static SimulatedResponse ok(SimulatedRequest request, Buffer body) {
        return response(request, 200, "OK", body);
    }

    private static SimulatedResponse notFound(SimulatedRequest request) {
        return response(request, 404, "Not Found", message("Not found"));
    }

    private static Buffer message(String text) {
        return new JsonObject().put("message", text).toBuffer();
    }

    private static SimulatedResponse response(
            SimulatedRequest request, int status, String reason, Buffer body, String... headers) {
        List<String> lines = new ArrayList<>(List.of("Server: nginx", "Content-Type: application/json"));
        lines.addAll(List.of(headers));
        return new SimulatedResponse(status, reason, lines, body, request.wantsClose());
    }
}
