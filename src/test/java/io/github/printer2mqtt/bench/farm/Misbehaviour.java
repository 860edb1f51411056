package io.github.printer2mqtt.bench.farm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The responses of faulty printers. Confined to the farm's thread. */
final class Misbehaviour {
    private static final int DRIP_MILLIS = 100;
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    private final FarmServer server;
    private final ByteBuffer chunk = text("400\r\n" + " ".repeat(1_024) + "\r\n");
    private final ByteBuffer filling = text(" ".repeat(8_192));
    private final ByteBuffer header = text("X-Filling: " + "x".repeat(1_000) + "\r\n");
    private final ByteBuffer interim = text("HTTP/1.1 100 Continue\r\n\r\n".repeat(40));

    Misbehaviour(FarmServer server) {
        this.server = server;
    }

    void respond(FarmConnection connection) throws IOException {
        switch (connection.printer().behaviour()) {
            case SILENT, DROPPING, REFUSED, CLOSES -> {
                // They do not respond.
            }
            case RESETS -> server.reset(connection);
            case DRIPS -> {
                connection.send(text("HTTP/1.1 200 OK\r\nX-Filling: "));
                drip(connection);
            }
            case ENDLESS_HEADERS -> {
                connection.send(text(HEAD));
                connection.flood(header);
            }
            case ENDLESS_BODY -> {
                connection.send(text(HEAD + "Transfer-Encoding: chunked\r\n\r\n"));
                connection.flood(chunk);
            }
            case HUGE_BODY -> {
                connection.send(text(HEAD + "Content-Length: 1000000000\r\n\r\n"));
                connection.flood(filling);
            }
            case CUT_BODY -> {
                connection.send(text(HEAD + "Content-Length: 200\r\n\r\n{\"state\":"));
                server.close(connection);
            }
            case STALLED_BODY -> connection.send(text(HEAD + "Content-Length: 200\r\n\r\n{\"state\":"));
            case HTML -> connection.send(body("text/html", "<html><body>It works!</body></html>"));
            case GARBAGE -> connection.send(body("application/json", "\u0001\u0002 no json \u00ff"));
            case BROKEN_JSON -> connection.send(body("application/json", "{\"state\":\"Prin"));
            case DEEP_JSON -> connection.send(body("application/json", "[".repeat(10_000) + "]".repeat(10_000)));
            case NO_HTTP -> connection.send(text("SSH-2.0-OpenSSH_9.2\r\n"));
            case ENDLESS_INTERIM -> connection.flood(interim);
            case FAILS -> connection.send(status("500 Internal Server Error"));
            case NOT_FOUND -> connection.send(status("404 Not Found"));
            case UNAUTHORIZED -> connection.send(status("401 Unauthorized"));
            case FORBIDDEN -> connection.send(status("403 Forbidden"));
            case UNAVAILABLE -> connection.send(status("503 Service Unavailable"));
            case REDIRECTS ->
                connection.send(
                        text("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"));
            case LYING_ENCODING ->
                connection.send(text(HEAD + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}"));
            case HEALTHY, SPARE, SLOW, FLAPPING ->
                throw new IllegalStateException(connection.printer().behaviour() + " answers like a printer");
        }
    }

    private void drip(FarmConnection connection) {
        server.later(DRIP_MILLIS, connection, () -> {
            connection.send(text("x"));
            drip(connection);
        });
    }

    private static ByteBuffer status(String connection) {
        return text("HTTP/1.1 " + connection + "\r\nContent-Length: 0\r\n\r\n");
    }

    private static ByteBuffer body(String type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        return text(
                "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + bytes.length + "\r\n\r\n" + body);
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
