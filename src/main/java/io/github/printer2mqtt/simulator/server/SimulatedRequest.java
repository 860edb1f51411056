package io.github.printer2mqtt.simulator.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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
    public String path() {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    /** The decoded query parameters; empty for a name without a value. */
    public Map<String, String> query() {
        Map<String, String> parameters = new LinkedHashMap<>();
        int mark = target.indexOf('?');
        if (mark < 0) {
            return parameters;
        }
        int from = mark + 1;
        while (from <= target.length()) {
            int end = target.indexOf('&', from);
            String pair = target.substring(from, end < 0 ? target.length() : end);
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                parameters.put(
                        decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
            from = end < 0 ? target.length() + 1 : end + 1;
        }
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

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
