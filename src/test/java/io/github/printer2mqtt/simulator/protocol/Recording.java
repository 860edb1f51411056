package io.github.printer2mqtt.simulator.protocol;

import io.github.printer2mqtt.simulator.RawResponse;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** A recorded response of a real server, with its request where that was kept. */
final class Recording {
    static final String KEY = "test-key-0000000";

    /** Headers that depend on the time or the client. */
    private static final Set<String> OF_THE_MOMENT = Set.of("date", "etag", "vary");

    private Recording() {}

    /** The request of a JSON recording, with the test's keys in place of the masked ones. */
    static SimulatedRequest request(String name) {
        JsonObject request = json(name).getJsonObject("request");
        Map<String, String> headers = new HashMap<>();
        request.getJsonObject("headers").forEach(header -> {
            String value = String.valueOf(header.getValue())
                    .replace("<GLOBAL_API_KEY>", KEY)
                    .replace("<MOONRAKER_API_KEY>", KEY);
            headers.put(header.getKey().toLowerCase(Locale.ROOT), value);
        });
        String body = request.getString("body");
        return new SimulatedRequest(
                request.getString("method"), request.getString("path"), false, headers, body == null ? "" : body);
    }

    /** The recorded response. */
    static RawResponse response(String name) {
        if (name.endsWith(".http")) {
            return RawResponse.parse(bytes(name));
        }
        JsonObject response = json(name).getJsonObject("response");
        Map<String, String> headers = new HashMap<>();
        response.getJsonObject("headers")
                .forEach(header -> headers.put(header.getKey(), String.valueOf(header.getValue())));
        Object body = response.containsKey("json") ? response.getValue("json") : response.getValue("text");
        return new RawResponse(
                "HTTP/1.1",
                response.getInteger("status"),
                response.getString("reason"),
                headers,
                body instanceof JsonObject object ? object.encode() : String.valueOf(body));
    }

    /** The header names of a response, without those that depend on the time. */
    static Set<String> headerNames(RawResponse response) {
        Set<String> names = new TreeSet<>();
        response.headers().keySet().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        names.removeAll(OF_THE_MOMENT);
        return names;
    }

    private static JsonObject json(String name) {
        return new JsonObject(new String(bytes(name), StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String name) {
        try (InputStream in = Recording.class.getResourceAsStream("/demo/" + name)) {
            return Objects.requireNonNull(in, "no recording " + name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
