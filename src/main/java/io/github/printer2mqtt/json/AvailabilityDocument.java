package io.github.printer2mqtt.json;

import io.github.printer2mqtt.model.FailureReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a printer responds ({@code printers/<id>/availability}). */
public final class AvailabilityDocument {
    private AvailabilityDocument() {}

    public static byte[] online() {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("state", "online");
            json.writeEndObject();
        });
    }

    /**
     * @param reason null if unknown
     * @param since when the bridge first saw it offline
     */
    public static byte[] offline(@Nullable FailureReason reason, Instant since) {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("state", "offline");
            json.writeStringField("reason", reason == null ? null : reason.wireName());
            Json.instant(json, "since", since);
            json.writeEndObject();
        });
    }
}
