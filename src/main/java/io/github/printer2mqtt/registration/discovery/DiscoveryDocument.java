package io.github.printer2mqtt.registration.discovery;

import io.github.printer2mqtt.json.Json;
import io.github.printer2mqtt.registration.discovery.DiscoveryReport.FoundPrinter;

/** The JSON of a {@link DiscoveryReport}. */
public final class DiscoveryDocument {
    private DiscoveryDocument() {}

    public static byte[] of(DiscoveryReport report) {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("networks");
            for (String network : report.networks()) {
                json.writeString(network);
            }
            json.writeEndArray();
            json.writeNumberField("addresses", report.addresses());
            json.writeBooleanField("complete", report.isComplete());
            json.writeNumberField("took_ms", report.took().toMillis());
            json.writeArrayFieldStart("printers");
            for (FoundPrinter printer : report.printers()) {
                json.writeStartObject();
                json.writeStringField("driver", printer.driver());
                json.writeStringField("address", printer.address().toString());
                json.writeStringField("evidence", printer.evidence());
                json.writeStringField("fingerprint", printer.fingerprint());
                json.writeStringField(
                        "registered",
                        printer.registered() == null
                                ? null
                                : printer.registered().value());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
