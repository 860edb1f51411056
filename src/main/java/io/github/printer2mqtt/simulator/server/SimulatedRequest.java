package io.github.printer2mqtt.simulator.server;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as received by a simulated printer.
 *
 * @param method in upper case
 * @param target path and query as sent
 * @param http10 whether its version is HTTP/1.0
 * @param headers by name in lower case, the last of each name
 * @param body empty if there was none
 */
public record SimulatedRequest(String method, String target, boolean http10, Map<String, String> headers, String body) {
    /** A line of a protocol that is not HTTP. */
    static SimulatedRequest ofLine(String line) {
        return new SimulatedRequest("", line, false, Map.of(), "");
    }

    public String path() {
        return new QueryStringDecoder(target).rawPath();
    }

    /** The decoded query parameters, the first of each name; empty for a name without a value. */
    public Map<String, String> query() {
        Map<String, String> parameters = new LinkedHashMap<>();
        new QueryStringDecoder(target).parameters().forEach((name, values) -> parameters.put(name, values.get(0)));
        return parameters;
    }

    /** The value of a header, case-insensitive; null if it is missing. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    public boolean isGet() {
        return method.equals("GET");
    }

    public boolean acceptsJson() {
        String accept = header("accept");
        return accept != null && accept.contains("application/json");
    }

    /** Whether the connection closes after the response. */
    public boolean wantsClose() {
        String connection = header("connection");
        if (connection == null) {
            return http10;
        }
        return http10 ? !connection.equalsIgnoreCase("keep-alive") : connection.equalsIgnoreCase("close");
    }
}
