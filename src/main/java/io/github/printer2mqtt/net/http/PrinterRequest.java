package io.github.printer2mqtt.net.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request to a printer.
 *
 * @param method which of the four that printers know
 * @param path with leading slash and query, relative to the printer's address; sent as it stands
 * @param headers beside Host and Content-Length
 * @param body JSON text; null for none
 * @param purpose whether it may be sent again when a kept connection turns out to be closed
 */
public record PrinterRequest(
        Method method,
        String path,
        Map<String, String> headers,
        @Nullable String body,
        Purpose purpose) {
    /** What a request does at the printer. */
    public enum Purpose {
        /** It only reads: sent again, it does no harm. */
        READ,
        /** It may change something and is never sent twice. */
        CHANGE
    }

    /** HTTP methods; anything else upsets the small servers in printers. */
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

    /** A request that changes something, with a JSON body. */
    public static PrinterRequest postJson(String path, Map<String, String> headers, String json) {
        return new PrinterRequest(Method.POST, path, headers, json, Purpose.CHANGE);
    }

    /** A question that a protocol wants asked with a JSON body, and that changes nothing. */
    public static PrinterRequest queryJson(String path, Map<String, String> headers, String json) {
        return new PrinterRequest(Method.POST, path, headers, json, Purpose.READ);
    }
}
