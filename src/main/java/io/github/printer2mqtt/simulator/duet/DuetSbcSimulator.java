package io.github.printer2mqtt.simulator.duet;

import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import io.github.printer2mqtt.simulator.server.SimulatedResponse;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A board with a single-board computer and DuetSoftwareFramework 3.5. Written from its source; none was at
 * hand.
 */
public final class DuetSbcSimulator implements ProtocolSimulator {
    private static final Duration SESSION_LIFE = Duration.ofSeconds(8);

    /** The password of a board on which none is set; it needs no login. */
    private static final String NO_PASSWORD = "reprap";

    private final SimulatedPrinter printer;
    private final Secret password;

    /** The time of the last request by session key, as uptime of the printer. */
    private final Map<String, Duration> sessions = new HashMap<>();

    private int lastSession;

    /** @param password {@code reprap} for a board without one */
    public DuetSbcSimulator(SimulatedPrinter printer, String password) {
        this.printer = printer;
        this.password = Secret.of(password);
    }

    @Override
    public SimulatedPrinter printer() {
        return printer;
    }

    @Override
    public String driver() {
        return "duet";
    }

    @Override
    public synchronized SimulatedResponse respond(SimulatedRequest request) {
        PrinterView view = printer.view();
        sessions.values().removeIf(used -> view.uptime().minus(used).compareTo(SESSION_LIFE) > 0);
        boolean isPasswordRight = password.matches(request.query().getOrDefault("password", ""));
        switch (request.path()) {
            case "/rr_connect" -> {
                return json(
                        request,
                        isPasswordRight
                                ? new JsonObject()
                                        .put("err", 0)
                                        .put("apiLevel", 1)
                                        .put("isEmulated", true)
                                : new JsonObject().put("err", 1));
            }
            case "/machine/connect" -> {
                return isPasswordRight ? connect(request, view) : empty(request, 403, "Forbidden");
            }
            default -> {
                return authorized(request, view);
            }
        }
    }

    private SimulatedResponse connect(SimulatedRequest request, PrinterView view) {
        lastSession++;
        String key = "session-" + lastSession;
        sessions.put(key, view.uptime());
        return json(request, new JsonObject().put("sessionKey", key));
    }

    private SimulatedResponse authorized(SimulatedRequest request, PrinterView view) {
        String key = request.header("x-session-key");
        if (key == null ? !password.matches(NO_PASSWORD) : !sessions.containsKey(key)) {
            return empty(request, 401, "Unauthorized");
        }
        if (key != null) {
            sessions.put(key, view.uptime());
        }
        if (request.isGet() && request.path().equals("/machine/status")) {
            return json(request, DuetObjectModel.whole(view));
        }
        if (request.method().equals("POST") && request.path().equals("/machine/code")) {
            Buffer reply = Buffer.buffer(DuetGcode.run(request.body(), printer));
            return response(request, 200, "OK", "text/plain", reply);
        }
        return empty(request, 404, "Not Found");
    }

    private static SimulatedResponse json(SimulatedRequest request, JsonObject body) {
        return response(request, 200, "OK", "application/json", body.toBuffer());
    }

    private static SimulatedResponse empty(SimulatedRequest request, int status, String reason) {
        return response(request, status, reason, "text/plain", Buffer.buffer());
    }

    private static SimulatedResponse response(
            SimulatedRequest request, int status, String reason, String type, Buffer body) {
        return new SimulatedResponse(
                status, reason, List.of("Server: Kestrel", "Content-Type: " + type), body, request.wantsClose());
    }
}
