package io.github.printer2mqtt.cli.client;

import io.github.printer2mqtt.cli.PrinterAdmin;
import io.github.printer2mqtt.cli.RegistrationFormat;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Asks a running bridge over its HTTP API. Every call blocks, with a bound. */
public final class BridgeClient implements PrinterAdmin {
    private static final String PRINTERS = "/api/printers";
    private static final String JSON = "application/json";

    /**
     * How long an answer may take as a whole.
     *
     * @param usual from what the bridge knows
     * @param detection where the bridge asks a printer first, on several ports with a deadline each
     */
    public record Patience(Duration usual, Duration detection) {
        public static Patience standard() {
            return new Patience(Duration.ofSeconds(10), Duration.ofSeconds(60));
        }
    }

    private final BridgeExchange exchange;
    private final Patience patience;

    public BridgeClient(BridgeEndpoint bridge, Patience patience) {
        this.exchange = new BridgeExchange(bridge);
        this.patience = patience;
    }

    /**
     * How the bridge is.
     *
     * @param isReady whether it can serve
     * @param document what it says of its parts
     */
    public record Readiness(boolean isReady, JsonObject document) {}

    public Readiness readiness() {
        HttpResponse<byte[]> response =
                exchange.send(exchange.request("/health/ready").GET(), patience.usual());
        boolean isReady = response.statusCode() == 200;
        if (!isReady && response.statusCode() != 503) {
            throw exchange.refusal(response);
        }
        return new Readiness(isReady, exchange.document(response));
    }

    /** The statuses, each with the address of its registration. */
    @Override
    public JsonObject list() {
        JsonObject list = get(PRINTERS);
        if (list.getValue("printers") instanceof JsonArray printers && !printers.isEmpty()) {
            Map<String, Object> addresses = addresses();
            for (Object printer : printers) {
                if (printer instanceof JsonObject status && addresses.containsKey(status.getString("id"))) {
                    status.put("address", addresses.get(status.getString("id")));
                }
            }
        }
        return list;
    }

    private Map<String, Object> addresses() {
        Map<String, Object> addresses = new HashMap<>();
        for (Object registration : get(PRINTERS + "/export").getJsonArray("printers", new JsonArray())) {
            if (registration instanceof JsonObject one) {
                addresses.put(one.getString("id"), one.getValue("address"));
            }
        }
        return addresses;
    }

    @Override
    public Optional<JsonObject> status(String id) {
        return Optional.of(get(PRINTERS + "/" + id));
    }

    @Override
    public JsonObject add(JsonObject registration) {
        return exchange.document(exchange.accepted(post(PRINTERS, registration), patience.detection()));
    }

    @Override
    public JsonObject change(String id, JsonObject patch) {
        HttpRequest.Builder request = exchange.request(PRINTERS + "/" + id)
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofByteArray(patch.toBuffer().getBytes()));
        return exchange.document(exchange.accepted(request, patience.detection()));
    }

    @Override
    public void remove(String id) {
        exchange.accepted(exchange.request(PRINTERS + "/" + id).DELETE(), patience.usual());
    }

    @Override
    public JsonObject importAll(RegistrationFormat format, byte[] content) {
        HttpRequest.Builder request = exchange.request(PRINTERS + "/import")
                .header("Content-Type", format.contentType())
                .POST(BodyPublishers.ofByteArray(content));
        return exchange.document(exchange.accepted(request, patience.detection()));
    }

    @Override
    public String export(RegistrationFormat format) {
        HttpRequest.Builder request = exchange.request(PRINTERS + "/export?format=" + format.wireName())
                .GET();
        return new String(exchange.accepted(request, patience.usual()).body(), StandardCharsets.UTF_8);
    }

    @Override
    public JsonObject probe(JsonObject request) {
        return exchange.document(exchange.accepted(post(PRINTERS + "/probe", request), patience.detection()));
    }

    private JsonObject get(String path) {
        return exchange.document(exchange.accepted(exchange.request(path).GET(), patience.usual()));
    }

    private HttpRequest.Builder post(String path, JsonObject body) {
        return exchange.request(path)
                .header("Content-Type", JSON)
                .POST(BodyPublishers.ofByteArray(body.toBuffer().getBytes()));
    }
}
