package io.github.printer2mqtt.cli.client;

import io.github.printer2mqtt.cli.PrinterAdmin;
import io.github.printer2mqtt.cli.RegistrationFormat;
import io.github.printer2mqtt.cli.TerminalText;
import io.github.printer2mqtt.cli.client.BridgeExchange.Request;
import io.github.printer2mqtt.net.http.ApiClient;
import io.github.printer2mqtt.registration.transfer.ImportFormat;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The client of a running bridge's HTTP API. Every call blocks for a bounded time. */
public final class BridgeClient implements PrinterAdmin {
    private static final String PRINTERS = "/api/printers";
    private static final String JSON = "application/json";

    /**
     * The longest time until a response is complete.
     *
     * @param usual for what the bridge answers from memory
     * @param detection for requests that make the bridge contact a printer, on several ports with a deadline each, or to scan a network
     */
    public record Timeouts(Duration usual, Duration detection) {
        public static Timeouts defaults() {
            return new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(75));
        }
    }

    private final BridgeExchange exchange;
    private final Timeouts timeouts;

    public BridgeClient(BridgeEndpoint bridge, Timeouts timeouts) {
        this.exchange = BridgeExchange.to(bridge);
        this.timeouts = timeouts;
    }

    /**
     * The health of the bridge.
     *
     * @param isReady whether it serves requests
     * @param document the health document with its parts
     */
    public record Readiness(boolean isReady, JsonObject document) {}

    public Readiness readiness() {
        ApiClient.Response response = exchange.send(Request.of(HttpMethod.GET, "/health/ready"), timeouts.usual());
        boolean isReady = response.status() == 200;
        if (!isReady && response.status() != 503) {
            throw exchange.exception(response);
        }
        return new Readiness(isReady, exchange.document(response));
    }

    /** The status documents, those of the bridge's own printers with the address from the registration. */
    @Override
    public JsonObject list() {
        JsonObject list = get(PRINTERS);
        List<JsonObject> printers = TerminalText.objects(list, "printers");
        if (!printers.isEmpty()) {
            Map<String, Object> addresses = addresses();
            for (JsonObject status : printers) {
                // A printer of another site may have the id of an own one.
                if (status.getString("site") == null && addresses.containsKey(status.getString("id"))) {
                    status.put("address", addresses.get(status.getString("id")));
                }
            }
        }
        return list;
    }

    private Map<String, Object> addresses() {
        Map<String, Object> addresses = new HashMap<>();
        ApiClient.Response response = exchange.send(Request.of(HttpMethod.GET, PRINTERS + "/export"), timeouts.usual());
        if (response.status() == 403) {
            // A token that may only read still gets the list.
            return addresses;
        }
        if (response.status() != 200) {
            throw exchange.exception(response);
        }
        for (JsonObject registration : TerminalText.objects(exchange.document(response), "printers")) {
            addresses.put(registration.getString("id"), registration.getValue("address"));
        }
        return addresses;
    }

    @Override
    public Optional<JsonObject> status(String id) {
        return Optional.of(get(PRINTERS + "/" + id));
    }

    @Override
    public JsonObject add(JsonObject registration) {
        return send(HttpMethod.POST, PRINTERS, JSON, registration.toBuffer());
    }

    @Override
    public JsonObject change(String id, JsonObject patch) {
        return send(HttpMethod.PATCH, PRINTERS + "/" + id, "application/merge-patch+json", patch.toBuffer());
    }

    @Override
    public void remove(String id) {
        exchange.sendAccepted(Request.of(HttpMethod.DELETE, PRINTERS + "/" + id), timeouts.usual());
    }

    @Override
    public JsonObject importAll(@Nullable ImportFormat format, byte[] content) {
        return upload("/import", format, content);
    }

    @Override
    public JsonObject previewImport(@Nullable ImportFormat format, byte[] content) {
        return upload("/import/preview", format, content);
    }

    private JsonObject upload(String path, @Nullable ImportFormat format, byte[] content) {
        String query = format == null ? "" : "?format=" + format.wireName();
        return send(HttpMethod.POST, PRINTERS + path + query, "application/octet-stream", Buffer.buffer(content));
    }

    @Override
    public String export(RegistrationFormat format) {
        Request request = Request.of(HttpMethod.GET, PRINTERS + "/export?format=" + format.wireName());
        return exchange.sendAccepted(request, timeouts.usual()).body().toString(StandardCharsets.UTF_8);
    }

    @Override
    public JsonObject probe(JsonObject request) {
        return send(HttpMethod.POST, PRINTERS + "/probe", JSON, request.toBuffer());
    }

    @Override
    public JsonObject discover(JsonObject request) {
        Request scan = new Request(HttpMethod.POST, "/api/discovery", JSON, request.toBuffer());
        return exchange.document(exchange.sendAccepted(scan, timeouts.detection()));
    }

    @Override
    public JsonObject diagnose(String id) {
        Request request = Request.of(HttpMethod.GET, PRINTERS + "/" + id + "/diagnosis");
        return exchange.document(exchange.sendAccepted(request, timeouts.detection()));
    }

    /** The archive for support. */
    public byte[] report() {
        Request request = Request.of(HttpMethod.GET, "/api/support");
        return exchange.sendAccepted(request, timeouts.detection()).body().getBytes();
    }

    @Override
    public void close() {
        exchange.close();
    }

    private JsonObject get(String path) {
        return exchange.document(exchange.sendAccepted(Request.of(HttpMethod.GET, path), timeouts.usual()));
    }

    /** Sends a body. The bridge may contact a printer before it responds. */
    private JsonObject send(HttpMethod method, String path, String contentType, Buffer body) {
        return exchange.document(
                exchange.sendAccepted(new Request(method, path, contentType, body), timeouts.detection()));
    }
}
