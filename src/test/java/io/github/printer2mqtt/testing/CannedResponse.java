package io.github.printer2mqtt.testing;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a {@link ReplayPrinter} answers, as the bytes on the wire.
 *
 * @param bytes empty for a printer that says nothing at all
 */
public record CannedResponse(Buffer bytes) {
    /** Any answer, with its length. */
    public static CannedResponse of(int status, String type, String body) {
        String head = "HTTP/1.1 " + status + " Whatever\r\nContent-Type: " + type;
        return of(head, body);
    }

    /** Any answer, with its length. */
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

    /** What many small servers and all that do as they are told have to say. */
    public static CannedResponse empty(int status) {
        return of("HTTP/1.1 " + status + " Whatever", "");
    }

    /** No answer, ever. */
    public static CannedResponse silence() {
        return new CannedResponse(Buffer.buffer());
    }

    /** An answer of a real server as it was recorded, byte for byte. */
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

    /** Whether the connection is closed after this, as the head of the answer says. */
    boolean closes() {
        String text = bytes.toString(StandardCharsets.ISO_8859_1);
        String head = text.substring(0, Math.max(0, text.indexOf("\r\n\r\n"))).toLowerCase(Locale.ROOT);
        return head.startsWith("http/1.0") || head.contains("connection: close");
    }
}
