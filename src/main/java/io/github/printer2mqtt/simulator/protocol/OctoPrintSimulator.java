package io.github.printer2mqtt.simulator.protocol;

import io.github.printer2mqtt.simulator.model.JobView;
import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.SimulatedPicture;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import io.github.printer2mqtt.simulator.server.SimulatedResponse;
import io.github.printer2mqtt.simulator.server.WebSocketSimulator;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.buffer.Buffer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * OctoPrint 1.11.8 as recorded: unversioned API and push socket, 403 for a missing or wrong key, 409 while no printer is
 * connected. It has no attention state; a job that waits for attention is paused.
 */
public final class OctoPrintSimulator implements ProtocolSimulator {
    private static final Buffer NONE = Buffer.buffer();
    private static final List<String> COMMON = List.of(
            "X-Clacks-Overhead: GNU Terry Pratchett",
            "Server-Timing: app;dur=1",
            "X-Robots-Tag: noindex, nofollow, noimageindex",
            "X-Content-Type-Options: nosniff",
            "X-Frame-Options: sameorigin");
    private static final List<String> GET_HEADERS = headers("application/json", "Cache-Control: max-age=0");
    private static final String NO_STORE =
            "Cache-Control: no-store, no-cache, must-revalidate, post-check=0, pre-check=0, max-age=0";
    private static final List<String> POST_HEADERS =
            headers("application/json", NO_STORE, "Pragma: no-cache", "Expires: -1");
    private static final List<String> DONE_HEADERS = headers("text/plain", NO_STORE, "Pragma: no-cache", "Expires: -1");
    private static final String FORBIDDEN = "You don't have the permission to access the requested resource."
            + " It is either read-protected or not readable by the server.";
    private static final String NOT_FOUND = "The requested URL was not found on the server."
            + " If you entered the URL manually please check your spelling and try again.";

    /** The user of the key. */
    private static final String USER = "bridge";

    /** More logins end the oldest. */
    private static final int MAX_SESSIONS = 32;

    private final SimulatedPrinter printer;
    private final OctoPrintControls controls;
    private final Secret key;
    private final Deque<String> sessions = new ConcurrentLinkedDeque<>();

    /** @param key the API key of an administrator */
    public OctoPrintSimulator(SimulatedPrinter printer, String key) {
        this.printer = printer;
        this.controls = new OctoPrintControls(printer);
        this.key = Secret.of(key);
    }

    @Override
    public SimulatedPrinter printer() {
        return printer;
    }

    @Override
    public String driver() {
        return "octoprint";
    }

    @Override
    public SimulatedResponse respond(SimulatedRequest request) {
        String sent = request.header("x-api-key");
        if (sent == null && request.path().equals("/api/currentuser")) {
            return ok(request, OctoPrintBodies::guest);
        }
        if (request.path().equals("/webcam/")) { // a server of its own beside OctoPrint, here on the same port
            return SimulatedResponse.png(
                    SimulatedPicture.snapshot(printer.view().job()), request.wantsClose());
        }
        if (sent == null || !key.matches(sent)) {
            return error(request, 403, "FORBIDDEN", FORBIDDEN);
        }
        if (request.method().equals("POST") && OctoPrintControls.hasCommands(request.path())) {
            return command(request);
        }
        if (request.method().equals("POST") && request.path().equals("/api/login")) {
            return new SimulatedResponse(
                    200, "OK", POST_HEADERS, JsonWriter.document(this::login), request.wantsClose());
        }
        return request.isGet() ? get(request) : error(request, 404, "NOT FOUND", NOT_FOUND);
    }

    @Override
    public @Nullable WebSocketSimulator webSocket(SimulatedRequest request) {
        return request.path().equals("/sockjs/websocket")
                ? new OctoPrintWebSocket(printer::view, sessions::contains)
                : null;
    }

    /** A passive login: the user of the key, with a new session. */
    private void login(JsonWriter json) {
        String session = UUID.randomUUID().toString().replace("-", "");
        sessions.add(USER + ":" + session);
        if (sessions.size() > MAX_SESSIONS) {
            sessions.poll();
        }
        OctoPrintBodies.user(json, USER, session);
    }

    /** Ends the logins of all push sockets, as a restart does. */
    public void endLogins() {
        sessions.clear();
    }

    private SimulatedResponse get(SimulatedRequest request) {
        PrinterView view = printer.view();
        return switch (request.path()) {
            case "/api/version" -> ok(request, OctoPrintBodies::version);
            case "/api/job" -> ok(request, json -> OctoPrintBodies.job(json, view));
            case "/api/printer" -> {
                Set<String> without = Set.copyOf(
                        List.of(request.query().getOrDefault("exclude", "").split(",")));
                yield OctoPrintBodies.isOperational(view)
                        ? ok(request, json -> OctoPrintBodies.printer(json, view, without))
                        : error(request, 409, "CONFLICT", OctoPrintControls.NOT_OPERATIONAL);
            }
            case "/api/settings" ->
                ok(request, json -> OctoPrintBodies.settings(json, String.valueOf(request.header("host"))));
            default -> file(request, view.job());
        };
    }

    /** The resource of the printed file with its thumbnail, as a plug-in adds it. */
    private static SimulatedResponse file(SimulatedRequest request, @Nullable JobView job) {
        String name = job == null ? "" : OctoPrintBodies.fileName(job);
        return switch (job == null
                ? ""
                : URLDecoder.decode(request.path(), StandardCharsets.UTF_8).replace(name, "*")) {
            case "/api/files/local/*" -> ok(request, json -> OctoPrintBodies.resource(json, name));
            case "/plugin/prusaslicerthumbnails/thumbnail/*.png" ->
                SimulatedResponse.png(SimulatedPicture.thumbnail(name), request.wantsClose());
            default -> error(request, 404, "NOT FOUND", NOT_FOUND);
        };
    }

    private SimulatedResponse command(SimulatedRequest request) {
        try {
            controls.run(request);
            return new SimulatedResponse(204, "NO CONTENT", DONE_HEADERS, NONE, request.wantsClose());
        } catch (RejectedException e) {
            return error(request, e.code(), e.code() == 409 ? "CONFLICT" : "BAD REQUEST", e.text());
        }
    }

    private static SimulatedResponse ok(SimulatedRequest request, Consumer<JsonWriter> body) {
        return new SimulatedResponse(200, "OK", GET_HEADERS, JsonWriter.document(body), request.wantsClose());
    }

    private static SimulatedResponse error(SimulatedRequest request, int status, String reason, String message) {
        Buffer body = JsonWriter.document(json -> json.text("error", message));
        List<String> headers = request.isGet() ? GET_HEADERS : POST_HEADERS;
        return new SimulatedResponse(status, reason, headers, body, request.wantsClose());
    }

    private static List<String> headers(String contentType, String... more) {
        return Stream.of(List.of("Content-Type: " + contentType), List.of(more), COMMON)
                .flatMap(List::stream)
                .toList();
    }
}
