package io.github.printer2mqtt.net.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request to a printer.
 *
 * @param path with leading slash and query, relative to the printer's address; sent unchanged
 * @param headers in addition to Host, User-Agent and those of the body
 * @param body JSON text; null for none
 * @param purpose decides whether it is repeated if a reused connection turns out to be closed
 */
public record PrinterRequest(
        Method method,
        String path,
        Map<String, String> headers,
        @Nullable String body,
        Purpose purpose) {
    public enum Purpose {
        /** Changes nothing and may be repeated. */
        READ,
        /** May change something and is never sent twice. */
        CHANGE
    }

    /** The methods that printers understand. */
    public enum Method {
        GET,
        POST,
        PUT,
        DELETE
    }

    public PrinterRequest {
        headers = Map.copyOf(headers);
    }

    public static PrinterRequest get(String path, Map<String, String> headers) {
        return new PrinterRequest(Method.GET, path, headers, null, Purpose.READ);
    }

    /** A request that changes something. */
    public static PrinterRequest postJson(String path, Map<String, String> headers, String json) {
        return new PrinterRequest(Method.POST, path, headers, json, Purpose.CHANGE);
    }

    /** A POST that only reads. */
    public static PrinterRequest queryJson(String path, Map<String, String> headers, String json) {
        return new PrinterRequest(Method.POST, path, headers, json, Purpose.READ);
    }
}
