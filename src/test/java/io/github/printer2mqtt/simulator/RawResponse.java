package io.github.printer2mqtt.simulator;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A strictly parsed HTTP response. Header names are case-insensitive. */
public record RawResponse(String protocol, int status, String reason, Map<String, String> headers, String body) {
    public static RawResponse parse(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new AssertionError("the head is incomplete: " + text);
        }
        String[] lines = text.substring(0, end).split("\r\n", -1);
        String[] start = lines[0].split(" ", 3);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
        }
        String rest = text.substring(end + 4);
        String body = "chunked".equals(headers.get("Transfer-Encoding")) ? unchunked(rest) : rest;
        String length = headers.get("Content-Length");
        if (length != null) {
            body = body.substring(0, Math.min(body.length(), Integer.parseInt(length)));
        }
        byte[] raw = body.getBytes(StandardCharsets.ISO_8859_1);
        String decoded = new String(raw, StandardCharsets.UTF_8);
        return new RawResponse(start[0], Integer.parseInt(start[1]), start[2], headers, decoded);
    }

    public JsonObject json() {
        return new JsonObject(body);
    }

    private static String unchunked(String chunks) {
        StringBuilder body = new StringBuilder();
        int at = 0;
        while (true) {
            int line = chunks.indexOf("\r\n", at);
            int size = Integer.parseInt(chunks.substring(at, line), 16);
            if (size == 0) {
                return body.toString();
            }
            body.append(chunks, line + 2, line + 2 + size);
            at = line + 2 + size + 2;
        }
    }
}
