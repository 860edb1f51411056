package io.github.printer2mqtt.simulator.repetier;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import io.github.printer2mqtt.simulator.server.SimulatedResponse;
import io.github.printer2mqtt.simulator.server.WebSocketSimulator;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Repetier-Server 1.4 with one or more printers: a refused key is a 200 with an error, a switched-off printer has an almost
 * empty state. Written from the vendor's text and clients; no server was at hand.
 */
public final class RepetierSimulator implements ProtocolSimulator {
    private static final String API = "/printer/api/";

    private final List<SimulatedPrinter> printers;
    private final Secret key;

    /** @param printers at least one; the first one is that of {@link #printer} */
    public RepetierSimulator(List<SimulatedPrinter> printers, String key) {
        this.printers = List.copyOf(printers);
        this.key = Secret.of(key);
    }

    @Override
    public SimulatedPrinter printer() {
        return printers.get(0);
    }

    @Override
    public String driver() {
        return "repetier";
    }

    @Override
    public SimulatedResponse respond(SimulatedRequest request) {
        if (request.path().startsWith("/printer/info")) {
            return json(request, 200, info());
        }
        String header = request.header("x-api-key");
        String sent = header == null ? request.query().get("apikey") : header;
        if (sent == null || !key.matches(sent)) {
            return json(request, 200, new JsonObject().put("error", "Authorization required"));
        }
        if (request.path().startsWith("/printer/list")) {
            return json(request, 200, new JsonObject().put("data", entries()));
        }
        Optional<SimulatedPrinter> named = printers.stream()
                .filter(printer -> request.path().equals(API + RepetierBodies.slug(printer)))
                .findFirst();
        return named.map(printer -> json(
                        request,
                        200,
                        call(
                                request.query().getOrDefault("a", ""),
                                request.query().getOrDefault("data", "{}"),
                                printer)))
                .orElseGet(() -> json(request, 404, new JsonObject().put("error", "Unknown printer")));
    }

    /** For all printers; it opens for everybody, and says only then that a key is missing. */
    @Override
    public @Nullable WebSocketSimulator webSocket(SimulatedRequest request) {
        String sent = request.query().getOrDefault("apikey", "");
        return request.path().equals("/socket")
                ? new RepetierWebSocket(printers, key.matches(sent), this::answer)
                : null;
    }

    /** What a call over the web socket returns. */
    private Object answer(String action, String data, String slug) {
        if (action.equals("listPrinter")) {
            return entries();
        }
        Optional<SimulatedPrinter> named = printers.stream()
                .filter(printer -> slug.equals(RepetierBodies.slug(printer)))
                .findFirst();
        if (action.equals("extendPing") || action.equals("ping")) {
            return new JsonObject();
        }
        JsonObject answer = named.map(printer -> call(action, data, printer))
                .orElseGet(() -> new JsonObject().put("error", "Unknown printer"));
        return action.equals("messages") ? answer.getValue("data", answer) : answer;
    }

    private JsonArray entries() {
        JsonArray entries = new JsonArray();
        printers.forEach(printer -> entries.add(RepetierBodies.entry(printer)));
        return entries;
    }

    private JsonObject info() {
        JsonArray entries = new JsonArray();
        printers.forEach(printer -> entries.add(new JsonObject()
                .put("active", true)
                .put("name", printer.name())
                .put("online", 1)
                .put("slug", RepetierBodies.slug(printer))));
        return new JsonObject()
                .put("apikey", "")
                .put("name", "Repetier-Server")
                .put("printers", entries)
                .put("servername", "farm-pi")
                .put("serveruuid", "11111111-2222-3333-4444-555555555555")
                .put("software", "Repetier-Server")
                .put("version", "1.4.18");
    }

    private JsonObject call(String action, String data, SimulatedPrinter printer) {
        return switch (action) {
            case "stateList" -> {
                JsonObject states = new JsonObject();
                printers.forEach(each -> states.put(RepetierBodies.slug(each), RepetierBodies.state(each.view())));
                yield states;
            }
            case "messages" -> new JsonObject().put("data", RepetierBodies.messages(printer.view()));
            default -> command(action, data, printer);
        };
    }

    private static JsonObject command(String action, String data, SimulatedPrinter printer) {
        try {
            JsonObject arguments = new JsonObject(data);
            switch (action) {
                case "send" -> {
                    if (arguments.getString("cmd", "").startsWith("@pause")) {
                        printer.pause();
                    }
                }
                case "continueJob" -> printer.resumeHeld();
                case "stopJob" -> printer.cancel();
                case "emergencyStop" -> printer.emergencyStop();
                case "setExtruderTemperature" -> printer.heatNozzle(arguments.getDouble("temperature"));
                case "setBedTemperature" -> printer.heatBed(arguments.getDouble("temperature"));
                default -> {
                    return new JsonObject().put("error", "Unknown action " + action);
                }
            }
            return new JsonObject().put("ok", true);
        } catch (SimulatedPrinter.ForbiddenByStateException e) {
            return new JsonObject(); // the server says nothing of the execution
        } catch (DecodeException | ClassCastException e) {
            return new JsonObject().put("error", "Invalid data");
        }
    }

    private static SimulatedResponse json(SimulatedRequest request, int status, JsonObject body) {
        return new SimulatedResponse(
                status,
                status == 200 ? "OK" : "Not Found",
                List.of("Server: Repetier-Server", "Content-Type: application/json"),
                body.toBuffer(),
                request.wantsClose());
    }
}
