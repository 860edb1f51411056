package io.github.printer2mqtt.json;

import io.github.printer2mqtt.model.PrinterEvent;

/** An event of a printer ({@code printers/<id>/event}). */
public final class EventDocument {
    private EventDocument() {}

    public static byte[] bytes(PrinterEvent event) {
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
}
