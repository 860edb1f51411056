package io.github.printer2mqtt.json;

import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The documents of a printer other than its status ({@code printers/<id>/…}), described in docs/reference/mqtt.md. */
public final class PrinterDocuments {
    private static final String SITE = "site";

    private PrinterDocuments() {}

    /** {@code availability} of a printer that responds. */
    public static byte[] online() {
        return Json.bytes(new JsonObject().put("state", "online"));
    }

    /**
     * {@code availability} of a printer that does not respond.
     *
     * @param reason null if unknown
     * @param since when the bridge first saw it offline
     */
    public static byte[] offline(@Nullable FailureReason reason, Instant since) {
        return Json.bytes(new JsonObject()
                .put("state", "offline")
                .put("reason", reason == null ? null : reason.wireName())
                .put("since", Json.text(since)));
    }

    /** {@code event}. */
    public static byte[] event(PrinterEvent event) {
        return event(null, event);
    }

    /**
     * An event as the stream sends it.
     *
     * @param site null for a printer of this bridge, whose document has no such key
     */
    public static byte[] event(@Nullable String site, PrinterEvent event) {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("event_type", event.type().wireName());
            json.writeStringField("event_id", event.id());
            Json.instant(json, "at", event.at());
            json.writeStringField("printer", event.printer().value());
            if (site != null) {
                json.writeStringField(SITE, site);
            }
            json.writeStringField("name", event.name());
            json.writeStringField("group", event.group());
            json.writeFieldName("job");
            StatusDocument.write(json, event.job());
            json.writeStringField("from", event.from().wireName());
            json.writeStringField("to", event.to().wireName());
            json.writeEndObject();
        });
    }

    /** {@code alert/<code>} of an open alert. A cleared alert has no document. */
    public static byte[] alert(Alert alert) {
        return Json.bytes(fields(new JsonObject(), alert));
    }

    /** The open alerts of all printers, as the API lists them. */
    public static JsonObject alerts(List<Alert> open) {
        JsonArray alerts = new JsonArray();
        open.forEach(alert -> alerts.add(fields(printer(alert), alert)));
        return new JsonObject().put("alerts", alerts);
    }

    /** An alert that opened or cleared, as the stream sends it. */
    public static byte[] alertChange(Alert.Change change) {
        Alert alert = change.alert();
        return Json.bytes(fields(printer(alert), alert).put("open", change.kind() == Alert.Change.Kind.OPENED));
    }

    /** A printer that a client of the stream no longer sees. */
    public static byte[] removed(PrinterKey printer) {
        return Json.bytes(withSite(new JsonObject().put("id", printer.id().value()), printer.site()));
    }

    private static JsonObject printer(Alert alert) {
        return withSite(new JsonObject().put("printer", alert.printer().value()), alert.site());
    }

    /** Only printers of other sites have the key, so that nothing changes for who has none. */
    private static JsonObject withSite(JsonObject json, @Nullable String site) {
        return site == null ? json : json.put(SITE, site);
    }

    private static JsonObject fields(JsonObject json, Alert alert) {
        return json.put("severity", alert.severity().wireName())
                .put("code", alert.code().wireName())
                .put("message", alert.message())
                .put("since", Json.text(alert.since()));
    }
}
