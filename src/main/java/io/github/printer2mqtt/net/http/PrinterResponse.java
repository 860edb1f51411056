package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.BoundedJson;
import io.github.printer2mqtt.net.PrinterException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A complete HTTP response of a printer, at most 1 MiB; never a redirect.
 *
 * @param headers whatever the case of their names
 * @param body empty if there is none
 */
public record PrinterResponse(int status, MultiMap headers, Buffer body) {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<String> PLAIN = Set.of("identity", "chunked");

    /** @throws PrinterException with {@code REDIRECTED} for a redirect */
    static PrinterResponse of(HttpResponse<Buffer> head) {
        if (REDIRECTS.contains(head.statusCode())) {
            throw new PrinterException(
                    FailureReason.REDIRECTED,
                    "HTTP " + head.statusCode() + ": the address redirects; register the address that it leads to");
        }
        Buffer body = head.body();
        return new PrinterResponse(head.statusCode(), head.headers(), body == null ? Buffer.buffer() : body);
    }

    /** Whether the printer announces that it closes the connection (RFC 9112, section 9.6). */
    static boolean closesConnection(HttpResponse<Buffer> head) {
        return FieldLines.containsToken(head.headers().getAll(HttpHeaders.CONNECTION), "close");
    }

    /** The first value of a header, whatever its case; null if it is absent. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /** All lines of a header, whatever its case, in their order. */
    public List<String> lines(String name) {
        return headers.getAll(name);
    }

    /** The media type in lower case, without parameters; empty if the response has none, or several that differ. */
    public String mediaType() {
        List<String> types = lines("content-type").stream()
                .map(line -> line.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        return types.size() == 1 ? types.get(0) : "";
    }

    /**
     * The body as a JSON object, read leniently as {@link BoundedJson} says.
     *
     * @throws PrinterException with {@code UNREADABLE} or {@code TOO_LARGE} if it is none
     */
    public JsonObject json() {
        if (isEncoded()) {
            throw new PrinterException(
                    FailureReason.UNREADABLE, "the answer is compressed, which the bridge did not request");
        }
        Map<String, Object> members = BoundedJson.object(body);
        if (members == null) {
            throw new PrinterException(FailureReason.UNREADABLE, "the answer is not JSON (HTTP " + status + ")");
        }
        return new JsonObject(members);
    }

    private boolean isEncoded() {
        return !hasPlainCodings("content-encoding") || !hasPlainCodings("transfer-encoding");
    }

    private boolean hasPlainCodings(String name) {
        List<String> lines = lines(name);
        return lines.isEmpty()
                || FieldLines.elements(lines).stream()
                        .map(coding -> coding.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                        .allMatch(PLAIN::contains);
    }
}
