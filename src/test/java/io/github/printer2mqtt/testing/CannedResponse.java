package io.github.printer2mqtt.testing;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A response of a {@link ReplayPrinter}, as bytes on the wire.
 *
 * @param bytes empty for a printer that does not respond
 */
public record CannedResponse(Buffer bytes) {
    /** A response with Content-Length. */
    public static CannedResponse of(int status, String type, String body) {
        String head = "HTTP/1.1 " + status + " Whatever\r\nContent-Type: " + type;
        return of(head, body);
    }

    /** A response with Content-Length. */
    public static CannedResponse of(String head, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new CannedResponse(Buffer.buffer(head + "\r\nContent-Length: " + bytes.length + "\r\n\r\n")
                .appendBytes(bytes));
    }

    public static CannedResponse json(int status, String body) {
        return of(status, "application/json", body);
    }

    public static CannedResponse html(int status) {
        return of(status, "text/html", "<html><body><h1>" + status + "</h1></body></html>");
    }

    /** A response without a body. */
    public static CannedResponse empty(int status) {
        return of("HTTP/1.1 " + status + " Whatever", "");
    }

    /** Never responds. */
    public static CannedResponse silence() {
        return new CannedResponse(Buffer.buffer());
    }

    /** A recorded response of a real server. */
    public static CannedResponse recorded(String resource) {
        try (InputStream in = CannedResponse.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no recording " + resource);
            }
            return new CannedResponse(Buffer.buffer(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** True if the response's headers close the connection. */
    boolean closes() {
        String text = bytes.toString(StandardCharsets.ISO_8859_1);
        String head = text.substring(0, Math.max(0, text.indexOf("\r\n\r\n"))).toLowerCase(Locale.ROOT);
        return head.startsWith("http/1.0") || head.contains("connection: close");
    }
}
