package io.github.printer2mqtt.simulator.duet;

import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A standalone board with RepRapFirmware 3.5: sessions with a key or by address, sequence numbers, a closed connection after
 * each response, HTML for refusals. Written from the firmware's source; no board was at hand.
 */
public final class DuetSimulator implements ProtocolSimulator {
    private static final Duration SESSION_LIFE = Duration.ofSeconds(8);
    private static final int MAX_SESSIONS = 8;
    private static final long FIRST_KEY = 2_750_987_654L;

    /** The password of a board on which none is set. */
    private static final String NO_PASSWORD = "reprap";

    /** The session of a client that asked for no key. */
    private static final String BY_ADDRESS = "0";

    private final SimulatedPrinter printer;
    private final Secret password;

    /** The time of the last request by session key, as uptime of the printer. */
    private final Map<String, Duration> sessions = new HashMap<>();

    private final Map<String, Object> lastValues = new HashMap<>();
    private final JsonObject sequences = new JsonObject().put("reply", 0);
    private long nextKey = FIRST_KEY;
    private String reply = "";
    private @Nullable String lastMessage;

    /** @param password {@code reprap} for a board without one */
    public DuetSimulator(SimulatedPrinter printer, String password) {
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
        if (!request.isGet()) {
            return html(500, "Internal Server Error");
        }
        if (request.path().equals("/rr_connect")) {
            return json(connect(request, view));
        }
        String key = request.headers().getOrDefault("x-session-key", BY_ADDRESS);
        if (!sessions.containsKey(key) && !(isOpen() && key.equals(BY_ADDRESS))) {
            return html(401, "Not authorized");
        }
        sessions.put(key, view.uptime());
        return switch (request.path()) {
            case "/rr_model" -> model(request, view);
            case "/rr_gcode" -> {
                addReply(DuetGcode.run(request.query().getOrDefault("gcode", ""), printer));
                yield json(new JsonObject().put("buff", 252));
            }
            case "/rr_reply" -> {
                String text = reply;
                reply = "";
                yield response(200, "OK", "text/plain", Buffer.buffer(text));
            }
            case "/rr_disconnect" -> {
                sessions.remove(key);
                yield json(new JsonObject().put("err", 0));
            }
            default -> html(404, "Not found");
        };
    }

    private JsonObject connect(SimulatedRequest request, PrinterView view) {
        if (!isOpen() && !password.matches(request.query().getOrDefault("password", ""))) {
            return new JsonObject().put("err", 1);
        }
        if (sessions.size() >= MAX_SESSIONS) {
            return new JsonObject().put("err", 2);
        }
        JsonObject accepted = new JsonObject()
                .put("err", 0)
                .put("sessionTimeout", SESSION_LIFE.toMillis())
                .put("boardType", "duet3mb6hc102")
                .put("apiLevel", 1);
        if (!"yes".equals(request.query().get("sessionKey"))) {
            sessions.put(BY_ADDRESS, view.uptime());
            return accepted;
        }
        long key = nextKey++;
        sessions.put(String.valueOf(key), view.uptime());
        return accepted.put("sessionKey", key);
    }

    /** A board without a password needs no login. */
    private boolean isOpen() {
        return password.matches(NO_PASSWORD);
    }

    private SimulatedResponse model(SimulatedRequest request, PrinterView view) {
        String key = request.query().getOrDefault("key", "");
        String flags = request.query().getOrDefault("flags", "");
        JsonObject answer = new JsonObject().put("key", key).put("flags", flags);
        if (key.isEmpty()) {
            JsonObject result =
                    flags.contains("f") ? DuetObjectModel.live(view) : DuetObjectModel.whole(view, State.FINISHED);
            return json(answer.put("result", result.put("seqs", sequences(view))));
        }
        return json(answer.put("result", value(key, view)));
    }

    private static @Nullable Object value(String key, PrinterView view) {
        return switch (key) {
            case "job" -> DuetObjectModel.job(view);
            case "state" -> DuetObjectModel.state(view);
            case "heat" -> DuetObjectModel.heat();
            case "tools" -> DuetObjectModel.tools();
            case "boards" -> DuetObjectModel.boards();
            default -> null;
        };
    }

    /** Counts the changes of each key, and those of the reply. */
    private JsonObject sequences(PrinterView view) {
        for (String key : List.of("job", "state", "heat", "tools", "boards")) {
            Object value = Objects.requireNonNull(value(key, view));
            if (!value.equals(lastValues.put(key, value))) {
                sequences.put(key, sequences.getInteger(key, 0) + 1);
            }
        }
        String message = view.message();
        if (message != null && !message.equals(lastMessage)) {
            addReply("Error: " + message + "\n");
        }
        lastMessage = message;
        return sequences;
    }

    private void addReply(String text) {
        if (!text.isEmpty()) {
            reply += text;
            sequences.put("reply", sequences.getInteger("reply") + 1);
        }
    }

    private static SimulatedResponse json(JsonObject body) {
        return response(200, "OK", "application/json", body.toBuffer().appendString("\n"));
    }

    private static SimulatedResponse html(int status, String reason) {
        return response(status, reason, "text/html", Buffer.buffer("<html><body>" + reason + "</body></html>"));
    }

    private static SimulatedResponse response(int status, String reason, String type, Buffer body) {
        return new SimulatedResponse(
                status,
                reason,
                List.of(
                        "Cache-Control: no-cache, no-store, must-revalidate",
                        "Content-Type: " + type,
                        "Connection: close"),
                body,
                true);
    }
}
