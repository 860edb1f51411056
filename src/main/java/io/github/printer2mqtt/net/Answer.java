package io.github.printer2mqtt.net;

import io.github.printer2mqtt.printer.MissReason;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A complete HTTP answer of a printer, at most 1 MiB. Redirects never get here: they are a fault.
 *
 * @param status the HTTP status code
 * @param headers by name in lower case
 * @param body empty if there is none
 */
public record Answer(int status, Map<String, List<String>> headers, Buffer body) {
    /** The first value of a header, whatever its case; null if it is absent. */
    public @Nullable String header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    /**
     * The body as a JSON object, as far as it makes sense: see {@link BoundedJson}. A {@link PrinterFault} with {@code
     * UNREADABLE} or {@code TOO_LARGE} if it is none.
     */
    public JsonObject json() {
        String encoding = header("content-encoding");
        if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
            throw new PrinterFault(MissReason.UNREADABLE, "the answer is compressed, which nobody asked for");
        }
        Map<String, Object> members = BoundedJson.object(body);
        if (members == null) {
            throw new PrinterFault(MissReason.UNREADABLE, "the answer is not JSON (HTTP " + status + ")");
        }
        return new JsonObject(members);
    }
}
