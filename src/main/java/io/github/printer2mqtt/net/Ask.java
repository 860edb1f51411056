package io.github.printer2mqtt.net;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request to a printer.
 *
 * @param method which of the four that printers know
 * @param path with leading slash and query, relative to the printer's address; sent as it stands
 * @param headers beside Host and Content-Length
 * @param body JSON text; null for none
 */
public record Ask(
        Method method,
        String path,
        Map<String, String> headers,
        @Nullable String body) {
    /** HTTP methods; anything else upsets the small servers in printers. */
    public enum Method {
        GET,
        POST,
        PUT,
        DELETE
    }

    public Ask {
        headers = Map.copyOf(headers);
    }

    public static Ask get(String path, Map<String, String> headers) {
        return new Ask(Method.GET, path, headers, null);
    }

    /** A request that changes something, with a JSON body. */
    public static Ask postJson(String path, Map<String, String> headers, String json) {
        return new Ask(Method.POST, path, headers, json);
    }
}
