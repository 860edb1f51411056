package io.github.printer2mqtt.simulator.duet;

import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import io.github.printer2mqtt.simulator.server.SimulatedResponse;
import io.github.printer2mqtt.simulator.server.WebSocketSimulator;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A board with a single-board computer and DuetSoftwareFramework 3.5. Written from its source; none was at
 * hand.
 */
public final class DuetSbcSimulator implements ProtocolSimulator {
    private static final Duration SESSION_LIFE = Duration.ofSeconds(8);

    /** A client that acknowledges nothing for longer is gone. */
    private static final Duration SOCKET_LIFE = Duration.ofSeconds(8);

    /** The password of a board on which none is set; it needs no login. */
    private static final String NO_PASSWORD = "reprap";

    private static final String WEB_SOCKET = "/machine";
    private static final Set<State> RESULTS = Set.of(State.FINISHED, State.CANCELLED, State.FAILED);

    private final SimulatedPrinter printer;
    private final Secret password;

    /** The time of the last request by session key, as uptime of the printer. */
    private final Map<String, Duration> sessions = new HashMap<>();

    /** The time of the last change by the session key of a web socket, in nanoseconds of this machine. */
    private final Map<String, Long> observed = new HashMap<>();

    private int lastSession;

    /** How the last print ended, which stays until the next one ends. */
    private State lastResult = State.FINISHED;

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
        endSessions(view);
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

    /** The whole object model. Its time makes a change each second, as the seconds that a board counts do. */
    synchronized JsonObject model() {
        PrinterView view = printer.view();
        if (RESULTS.contains(view.state())) {
            lastResult = view.state();
        }
        JsonObject model = DuetObjectModel.whole(view, lastResult);
        model.getJsonObject("state")
                .put(
                        "time",
                        LocalDateTime.now(ZoneOffset.UTC)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString());
        return model;
    }

    @Override
    public synchronized @Nullable WebSocketSimulator webSocket(SimulatedRequest request) {
        String key = request.query().get("sessionKey");
        return request.path().equals(WEB_SOCKET) && isAccepted(key) ? new DuetSbcWebSocket(() -> model(key)) : null;
    }

    private synchronized JsonObject model(@Nullable String key) {
        if (key != null) {
            observed.put(key, System.nanoTime());
        }
        return model();
    }

    /** An open web socket keeps its session. */
    private void endSessions(PrinterView view) {
        long now = System.nanoTime();
        observed.values().removeIf(at -> now - at > SOCKET_LIFE.toNanos());
        sessions.entrySet()
                .removeIf(session -> !observed.containsKey(session.getKey())
                        && view.uptime().minus(session.getValue()).compareTo(SESSION_LIFE) > 0);
    }

    private boolean isAccepted(@Nullable String key) {
        return key == null ? password.matches(NO_PASSWORD) : sessions.containsKey(key);
    }

    private SimulatedResponse connect(SimulatedRequest request, PrinterView view) {
        lastSession++;
        String key = "session-" + lastSession;
        sessions.put(key, view.uptime());
        return json(request, new JsonObject().put("sessionKey", key));
    }

    private SimulatedResponse authorized(SimulatedRequest request, PrinterView view) {
        String key = request.header("x-session-key");
        if (request.path().equals(WEB_SOCKET)) {
            return request.header("upgrade") == null
                    ? empty(request, 400, "Bad Request")
                    : empty(request, 403, "Forbidden");
        }
        if (!isAccepted(key)) {
            return empty(request, 401, "Unauthorized");
        }
        if (key != null) {
            sessions.put(key, view.uptime());
        }
        if (request.isGet() && request.path().equals("/machine/status")) {
            return json(request, model());
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
