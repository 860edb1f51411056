package io.github.printer2mqtt.json;

import io.github.printer2mqtt.model.Alert;

/** An open alert ({@code printers/<id>/alert/<code>}). A cleared alert has no document. */
public final class AlertDocument {
    private AlertDocument() {}

    public static byte[] bytes(Alert alert) {
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
