package io.github.printer2mqtt.simulator.protocol;

import io.github.printer2mqtt.simulator.model.JobView;
import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.simulator.model.SimulatedPicture;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.BuddyNonces.NonceValidity;
import io.github.printer2mqtt.simulator.server.DigestAuthorization;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import io.github.printer2mqtt.simulator.server.SimulatedResponse;
import io.github.printer2mqtt.simulator.server.SimulatedResponse.Framing;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * PrusaLink in the printer itself (firmware 6.3) as recorded: exact paths, so that a query string gives 404; an API key or
 * RFC 2069 digest with any user name; JSON in one chunk, or until the connection closes; rejected commands close the
 * connection. The server is the printer, so a disconnected one is {@code UNKNOWN}.
 */
public final class PrusaLinkSimulator implements ProtocolSimulator {
    private static final String REALM = "Printer API";
    private static final int MAX_URI = 168;
    private static final Buffer NONE = Buffer.buffer();
    private static final Map<Integer, String> REASONS = Map.of(
            400, "Bad Request",
            401, "Unauthorized",
            404, "Not Found",
            405, "Method Not Allowed",
            409, "Conflict",
            414, "URI Too Long");

    private final SimulatedPrinter printer;
    private final String password;
    private final BuddyNonces nonces;

    /** @param password of the user {@code maker}, also the API key */
    public PrusaLinkSimulator(SimulatedPrinter printer, String password) {
        this(printer, password, new BuddyNonces(printer.name().hashCode(), printer));
    }

    PrusaLinkSimulator(SimulatedPrinter printer, String password, BuddyNonces nonces) {
        this.printer = printer;
        this.password = password;
        this.nonces = nonces;
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
        if (request.target().length() > MAX_URI) {
            return error(request, 414);
        }
        String challenge = challenge(request);
        if (!challenge.isEmpty()) {
            return error(request, 401, List.of("WWW-Authenticate: " + challenge));
        }
        PrusaLinkJobs.Outcome outcome = PrusaLinkJobs.run(request, printer);
        if (outcome != null) {
            return switch (outcome) {
                case DONE -> done(request);
                case BAD_ID -> error(request, 400);
                case WRONG_ID -> error(request, 404);
                case UNKNOWN -> error(request, 405);
                case NOT_PRINTING, NOT_PAUSED -> error(request, 409);
            };
        }
        PrinterView view = printer.view();
        return switch (request.target()) {
            case "/api/version" -> get(request, this::version);
            case "/api/v1/status" -> get(request, json -> PrusaLinkBodies.status(json, view));
            case "/api/v1/job" -> {
                JobView job = view.runningJob();
                yield job == null ? done(request) : get(request, json -> PrusaLinkBodies.job(json, view, job));
            }
            default -> thumbnail(request, view.runningJob());
        };
    }

    private static SimulatedResponse thumbnail(SimulatedRequest request, @Nullable JobView job) {
        return job != null && request.target().equals(PrusaLinkBodies.thumbnail(job))
                ? SimulatedResponse.png(SimulatedPicture.thumbnail(job.file()), request.wantsClose())
                : error(request, 404);
    }

    /** The challenge to send; empty if the request is authenticated. */
    private String challenge(SimulatedRequest request) {
        String key = request.header("x-api-key");
        if (key != null) {
            return Secret.of(password).matches(key) ? "" : "ApiKey realm=\"" + REALM + '"';
        }
        DigestAuthorization authorization = DigestAuthorization.of(request);
        NonceValidity validity = NonceValidity.UNKNOWN;
        if (authorization != null && authorization.isValidRfc2069(request, "maker", REALM, password)) {
            validity = nonces.check(authorization.get("nonce"));
        }
        if (validity == NonceValidity.GOOD) {
            return "";
        }
        return "Digest realm=\"" + REALM + "\", nonce=\"" + nonces.issue() + "\", stale="
                + (validity == NonceValidity.STALE);
    }

    private void version(JsonWriter json) {
        json.text("api", "2.0.0")
                .text("server", "2.1.2")
                .fixed("nozzle_diameter", 0.4, 2)
                .text("text", "PrusaLink")
                .text("hostname", hostname())
                .object("capabilities", all -> all.flag("upload-by-put", true));
    }

    private String hostname() {
        return printer.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private static SimulatedResponse get(SimulatedRequest request, Consumer<JsonWriter> body) {
        if (!request.isGet()) {
            return error(request, 405);
        }
        boolean close = request.wantsClose();
        return new SimulatedResponse(
                "HTTP/1.1",
                200,
                "OK",
                List.of("Content-Type: application/json", connection(close)),
                JsonWriter.document(body),
                close ? Framing.UNTIL_CLOSE : Framing.CHUNKED,
                close);
    }

    private static SimulatedResponse done(SimulatedRequest request) {
        boolean close = request.wantsClose();
        return new SimulatedResponse(
                204, "No Content", List.of("Content-Type: text/plain", connection(close)), NONE, close);
    }

    private static SimulatedResponse error(SimulatedRequest request, int status) {
        return error(request, status, List.of());
    }

    private static SimulatedResponse error(SimulatedRequest request, int status, List<String> more) {
        String title = status + ": " + REASONS.get(status);
        boolean close = request.wantsClose() || !request.isGet();
        boolean json = request.acceptsJson();
        String body = json ? "{\"title\": \"" + title + "\",\"message\":\"\"}" : title + "\n\n\n";
        String type = "Content-Type: " + (json ? "application/json" : "text/plain");
        List<String> headers =
                Stream.concat(Stream.of(type, connection(close)), more.stream()).toList();
        return new SimulatedResponse(status, String.valueOf(REASONS.get(status)), headers, Buffer.buffer(body), close);
    }

    private static String connection(boolean close) {
        return close ? "Connection: close" : "Connection: keep-alive";
    }

    /** The state in documents. */
    static String stateName(State state) {
        return switch (state) {
            case DISCONNECTED -> "UNKNOWN";
            case IDLE -> "IDLE";
            case HEATING, PRINTING -> "PRINTING";
            case PAUSED -> "PAUSED";
            case FINISHED -> "FINISHED";
            case CANCELLED -> "STOPPED";
            case FAILED -> "ERROR";
            case ATTENTION -> "ATTENTION";
            case BUSY -> "BUSY";
        };
    }
}
