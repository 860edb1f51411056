package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A complete HTTP response of a printer, at most 1 MiB; never a redirect.
 *
 * @param headers by name in lower case
 * @param body empty if there is none
 */
public record PrinterResponse(int status, Map<String, List<String>> headers, Buffer body) {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<String> PLAIN = Set.of("identity", "chunked");

    /** @throws PrinterException with {@code REDIRECTED} for a redirect */
    static PrinterResponse of(HttpResponse<Buffer> head) {
        if (REDIRECTS.contains(head.statusCode())) {
            throw new PrinterException(
                    FailureReason.REDIRECTED,
                    "HTTP " + head.statusCode() + ": the address redirects; register the address that it leads to");
        }
        Map<String, List<String>> byName = new HashMap<>();
        for (String name : head.headers().names()) {
            byName.put(name.toLowerCase(Locale.ROOT), head.headers().getAll(name));
        }
        Buffer body = head.body();
        return new PrinterResponse(head.statusCode(), byName, body == null ? Buffer.buffer() : body);
    }

    /** Whether the printer announces that it closes the connection (RFC 9112, section 9.6). */
    static boolean closesConnection(HttpResponse<Buffer> head) {
        return FieldLines.containsToken(head.headers().getAll(HttpHeaders.CONNECTION), "close");
    }

    /** The first value of a header, whatever its case; null if it is absent. */
    public @Nullable String header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    /** All lines of a header, whatever its case, in their order. */
    public List<String> lines(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
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
        return !PLAIN.containsAll(codings("content-encoding")) || !PLAIN.containsAll(codings("transfer-encoding"));
    }

    /** The names of codings in lower case, without their parameters. */
    private Set<String> codings(String name) {
        return FieldLines.elements(lines(name)).stream()
                .map(coding -> coding.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }
}
