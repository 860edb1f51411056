package io.github.printer2mqtt.simulator.protocol;

import io.github.printer2mqtt.simulator.model.JobView;
import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.simulator.model.SimulatedPicture;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import io.github.printer2mqtt.simulator.server.SimulatedResponse;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * PrusaLink 0.8.1 on a Raspberry Pi beside the printer, as recorded: HTTP/1.0 and one request a connection, a wrong key
 * 403, storage as an array, 503 without a printer.
 */
public final class PrusaLinkPiSimulator implements ProtocolSimulator {
    /** By which the bridge recognises this server; no login is accepted, only the API key. */
    private static final String CHALLENGE = "WWW-Authenticate: Digest realm=\"Administrator\",qop=\"auth\","
            + "algorithm=\"MD5-sess\","
            + "nonce=\"d6c79497c215bacfd16e4252c8ec5b212381c301380ca437b72d6afe31e29565\","
            + "opaque=\"49960de5880e8c687434170f6476605b8fe4aeb9a28632c7995cf3ba831d9763\"";

    private static final String POWERED = "X-Powered-By: Poor WSGI for Python";
    private static final String HTML = "Content-Type: text/html; charset=utf-8";
    private static final String JSON = "Content-Type: application/json; charset=utf-8";

    private final SimulatedPrinter printer;
    private final Secret key;

    public PrusaLinkPiSimulator(SimulatedPrinter printer, String key) {
        this.printer = printer;
        this.key = Secret.of(key);
    }

    @Override
    public SimulatedPrinter printer() {
        return printer;
    }

    @Override
    public String driver() {
        return "prusalink";
    }

    @Override
    public SimulatedResponse respond(SimulatedRequest request) {
        String sent = request.header("x-api-key");
        if (sent == null) {
            return unauthorized(request);
        }
        return key.matches(sent)
                ? respondAuthorized(request)
                : reply(403, "Forbidden", Buffer.buffer("Bad X-Api-Key."), POWERED, HTML);
    }

    private SimulatedResponse respondAuthorized(SimulatedRequest request) {
        PrinterView view = printer.view();
        boolean ofTheMachine =
                request.path().startsWith("/api/v1/status") || request.path().startsWith("/api/v1/job");
        if (ofTheMachine && view.state() == State.DISCONNECTED) {
            return reply(503, "Service Unavailable", Buffer.buffer("Printer Unavailable."), POWERED, HTML);
        }
        PrusaLinkJobs.Outcome outcome = PrusaLinkJobs.run(request, printer);
        if (outcome != null) {
            return commandResponse(request, outcome);
        }
        return switch (request.path()) {
            case "/api/version" -> ok(PrusaLinkPiBodies::version);
            case "/api/v1/status" -> ok(json -> PrusaLinkPiBodies.status(json, view));
            case "/api/v1/job" -> {
                JobView job = view.runningJob();
                yield job == null ? noContent() : ok(json -> PrusaLinkPiBodies.job(json, view, job));
            }
            case "/api/v1/cameras/snap" ->
                reply(200, "OK", SimulatedPicture.snapshot(view.job()), "Content-Type: image/png");
            default -> notFound(request, "Not Found", "The requested page was not found.");
        };
    }

    private static SimulatedResponse commandResponse(SimulatedRequest request, PrusaLinkJobs.Outcome outcome) {
        return switch (outcome) {
            case DONE -> noContent();
            case NOT_PRINTING ->
                conflict(
                        "Printer Is Not Printing",
                        "Operation you want can only be done when printer is printing or paused.");
            case NOT_PAUSED ->
                conflict("Printer Is Not Paused", "Operation you want can only be done when printer is paused.");
            case BAD_ID, WRONG_ID ->
                notFound(request, "Not Current Job", "Given job id does not belong to current job");
            case UNKNOWN -> reply(405, "Method Not Allowed", Buffer.buffer(), POWERED, HTML);
        };
    }

    /** Always HTML, whatever the client accepts. */
    private static SimulatedResponse unauthorized(SimulatedRequest request) {
        return reply(401, "Unauthorized", PrusaLinkPiBodies.unauthorized(request), CHALLENGE, HTML);
    }

    private static SimulatedResponse ok(Consumer<JsonWriter> body) {
        return reply(200, "OK", JsonWriter.document(body), POWERED, JSON);
    }

    private static SimulatedResponse noContent() {
        return reply(204, "No Content", Buffer.buffer(), POWERED, HTML);
    }

    private static SimulatedResponse conflict(String title, String message) {
        return reply(
                409,
                "Conflict",
                JsonWriter.document(json -> json.text("title", title).text("message", message)),
                JSON);
    }

    private static SimulatedResponse notFound(SimulatedRequest request, String title, String message) {
        String url = "http://" + request.headers().getOrDefault("host", "127.0.0.1") + "/error/not-found";
        return reply(
                404,
                "Not Found",
                JsonWriter.document(json ->
                        json.text("title", title).text("message", message).text("url", url)),
                "Content-Location: " + url,
                JSON);
    }

    private static SimulatedResponse reply(int status, String reason, Buffer body, String... headers) {
        List<String> lines = Stream.concat(Stream.of("Server: PrusaLink"), Stream.of(headers))
                .toList();
        return new SimulatedResponse("HTTP/1.0", status, reason, lines, body, SimulatedResponse.Framing.LENGTH, true);
    }
}
