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
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Moonraker (API 1.5.0) in front of Klipper, as recorded: Klippy's own state beside the state of the print, unknown
 * objects empty, unknown fields null, redundant commands accepted, JSON-RPC over HTTP always 200.
 */
public final class MoonrakerSimulator implements ProtocolSimulator {
    private static final List<String> HEADERS =
            List.of("Server: TornadoServer/6.2", "Content-Type: application/json; charset=UTF-8");
    private static final String TRACEBACK = "Traceback (most recent call last):\n  ...\n";

    /** The JSON-RPC method of each REST path. */
    private static final Map<String, String> GETS = Map.of(
            "/server/info", "server.info",
            "/printer/objects/list", "printer.objects.list",
            "/printer/objects/query", "printer.objects.query",
            "/server/files/metadata", "server.files.metadata");

    private static final Map<String, String> POSTS = Map.of(
            "/printer/objects/query", "printer.objects.query",
            "/printer/print/pause", "printer.print.pause",
            "/printer/print/resume", "printer.print.resume",
            "/printer/print/cancel", "printer.print.cancel",
            "/printer/gcode/script", "printer.gcode.script",
            "/printer/emergency_stop", "printer.emergency_stop");

    private final SimulatedPrinter printer;
    private final @Nullable Secret key;

    /** Trusts its network. */
    public MoonrakerSimulator(SimulatedPrinter printer) {
        this(printer, null);
    }

    /** @param key the API key; null for none */
    public MoonrakerSimulator(SimulatedPrinter printer, @Nullable String key) {
        this.printer = printer;
        this.key = key == null ? null : Secret.of(key);
    }

    @Override
    public SimulatedPrinter printer() {
        return printer;
    }

    @Override
    public String driver() {
        return "moonraker";
    }

    @Override
    public SimulatedResponse respond(SimulatedRequest request) {
        SimulatedResponse picture = picture(request);
        if (picture != null) {
            return picture;
        }
        boolean authorized = isKey(String.valueOf(request.header("x-api-key")));
        String path = request.path();
        if (path.equals("/server/jsonrpc") && request.method().equals("POST")) {
            return ok(request, rpc(request.body(), authorized));
        }
        if (!authorized) {
            return error(request, new RejectedException(401, "Unauthorized"));
        }
        if (path.equals("/api/version") && request.isGet()) {
            return ok(
                    request,
                    json -> json.text("server", "1.5.0").text("api", "0.1").text("text", "OctoPrint (Moonraker ?)"));
        }
        if (path.equals("/server/webcams/list") && request.isGet()) {
            return ok(request, json -> webcams(json, request));
        }
        try {
            return ok(request, rest(request));
        } catch (RejectedException e) {
            return error(request, e);
        }
    }

    /** Pictures need no key. The camera is a server of its own beside Moonraker, here on the same port. */
    private @Nullable SimulatedResponse picture(SimulatedRequest request) {
        JobView job = printer.view().job();
        if (request.path().equals("/webcam/")) {
            return SimulatedResponse.png(SimulatedPicture.snapshot(job), request.wantsClose());
        }
        String path = URLDecoder.decode(request.path(), StandardCharsets.UTF_8);
        String file = MoonrakerFile.fileOfThumbnail(path, job);
        return file == null ? null : SimulatedResponse.png(SimulatedPicture.thumbnail(file), request.wantsClose());
    }

    private static void webcams(JsonWriter json, SimulatedRequest request) {
        String camera = "http://" + request.header("host") + "/webcam/?action=";
        json.object(
                "result",
                result -> result.any(
                        "webcams",
                        List.of(JsonWriter.object(webcam -> webcam.text("name", "Camera")
                                .flag("enabled", true)
                                .text("service", "mjpegstreamer")
                                .text("stream_url", camera + "stream")
                                .text("snapshot_url", camera + "snapshot")))));
    }

    @Override
    public @Nullable WebSocketSimulator webSocket(SimulatedRequest request) {
        return request.path().equals("/websocket")
                ? new MoonrakerWebSocket(
                        this::snapshot,
                        (call, authorized) -> JsonWriter.object(rpc(call.encode(), authorized)),
                        this::isKey,
                        isKey(String.valueOf(request.header("x-api-key"))))
                : null;
    }

    private boolean isKey(String candidate) {
        return key == null || key.matches(candidate);
    }

    private Consumer<JsonWriter> rest(SimulatedRequest request) {
        String method = (request.isGet() ? GETS : POSTS).get(request.path());
        boolean wrongVerb = !request.isGet() && !request.method().equals("POST");
        if (method == null || wrongVerb) {
            boolean known = GETS.containsKey(request.path()) || POSTS.containsKey(request.path());
            throw known ? new RejectedException(405, "Method Not Allowed") : new RejectedException(404, "Not Found");
        }
        return MoonrakerMethods.call(method, parameters(request, method), printer, snapshot());
    }

    private static JsonObject parameters(SimulatedRequest request, String method) {
        if (!request.body().isBlank()) {
            try {
                return new JsonObject(request.body());
            } catch (DecodeException | ClassCastException e) {
                throw new RejectedException(400, "Error parsing JSON body");
            }
        }
        if (!method.equals("printer.objects.query")) {
            return new JsonObject(Map.copyOf(request.query()));
        }
        JsonObject objects = new JsonObject();
        request.query()
                .forEach((name, fields) ->
                        objects.put(name, fields.isEmpty() ? null : new JsonArray(List.of(fields.split(",")))));
        return new JsonObject().put("objects", objects);
    }

    private Consumer<JsonWriter> rpc(String body, boolean authorized) {
        JsonObject call;
        try {
            call = new JsonObject(body);
        } catch (DecodeException | ClassCastException e) {
            return rpcError(-32700, "Parse error", null);
        }
        Object id = call.getValue("id");
        if (!(call.getValue("method") instanceof String method)) {
            return rpcError(-32600, "Invalid Request", id);
        }
        if (!authorized) {
            return rpcError(-32602, "Unauthorized", id);
        }
        JsonObject params = call.getValue("params") instanceof JsonObject given ? given : new JsonObject();
        try {
            Consumer<JsonWriter> result = MoonrakerMethods.call(method, params, printer, snapshot());
            return json -> {
                json.text("jsonrpc", "2.0");
                result.accept(json);
                json.any("id", id);
            };
        } catch (RejectedException e) {
            String text = e.text().equals("Not Found") ? "Method not found" : e.text();
            return rpcError(e.code() == 404 ? -32601 : e.code(), text, id);
        }
    }

    private static Consumer<JsonWriter> rpcError(int code, String message, @Nullable Object id) {
        return json -> json.text("jsonrpc", "2.0")
                .object("error", error -> error.integer("code", code).text("message", message))
                .any("id", id);
    }

    private MoonrakerObjects.Snapshot snapshot() {
        PrinterView view = printer.view();
        if (SimulatedPrinter.STOPPED.equals(view.message())) {
            return new MoonrakerObjects.Snapshot(Klippy.SHUTDOWN, view);
        }
        boolean connected = view.state() != PrinterView.State.DISCONNECTED;
        return new MoonrakerObjects.Snapshot(connected ? Klippy.READY : Klippy.GONE, view);
    }

    private static SimulatedResponse ok(SimulatedRequest request, Consumer<JsonWriter> body) {
        return new SimulatedResponse(200, "OK", HEADERS, JsonWriter.document(body), request.wantsClose());
    }

    /** A message of several lines is no legal reason phrase, so the real server says Unknown. */
    private static SimulatedResponse error(SimulatedRequest request, RejectedException failed) {
        String text = failed.text().contains("\n") ? "Unknown" : failed.text();
        return new SimulatedResponse(
                failed.code(),
                text,
                HEADERS,
                JsonWriter.document(json -> json.object(
                        "error",
                        error -> error.integer("code", failed.code())
                                .text("message", text)
                                .text("traceback", TRACEBACK))),
                request.wantsClose());
    }
}
