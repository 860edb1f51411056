package io.github.printer2mqtt.json;

import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The documents of a printer other than its status ({@code printers/<id>/…}), described in docs/reference/mqtt.md. */
public final class PrinterDocuments {
    private PrinterDocuments() {}

    /** {@code availability} of a printer that responds. */
    public static byte[] online() {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("state", "online");
            json.writeEndObject();
        });
    }

    /**
     * {@code availability} of a printer that does not respond.
     *
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

    /** {@code event}. */
    public static byte[] event(PrinterEvent event) {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("event_type", event.type().wireName());
            json.writeStringField("event_id", event.id());
            Json.instant(json, "at", event.at());
            json.writeStringField("printer", event.printer().value());
            json.writeStringField("name", event.name());
            json.writeStringField("group", event.group());
            json.writeFieldName("job");
            StatusDocument.JobDocument.write(json, event.job());
            json.writeStringField("from", event.from().wireName());
            json.writeStringField("to", event.to().wireName());
            json.writeEndObject();
        });
    }

    /** {@code alert/<code>} of an open alert. A cleared alert has no document. */
    public static byte[] alert(Alert alert) {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("severity", alert.severity().wireName());
            json.writeStringField("code", alert.code().wireName());
            json.writeStringField("message", alert.message());
            Json.instant(json, "since", alert.since());
            json.writeEndObject();
        });
    }
}
