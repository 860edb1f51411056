package io.github.printer2mqtt.registration.discovery;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.printer2mqtt.json.Json;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.registration.discovery.DiscoveryReport.FoundPrinter;
import java.io.IOException;
import java.util.List;

/** The JSON of a {@link DiscoveryReport}. */
public final class DiscoveryDocument {
    private DiscoveryDocument() {}

    public static byte[] of(DiscoveryReport report) {
        return Json.bytes(json -> {
            json.writeStartObject();
            writeTexts(json, "networks", report.networks());
            json.writeNumberField("addresses", report.addresses());
            json.writeBooleanField("complete", report.isComplete());
            json.writeNumberField("took_ms", report.took().toMillis());
            writeTexts(json, "problems", report.problems());
            json.writeArrayFieldStart("printers");
            for (FoundPrinter printer : report.printers()) {
                json.writeStartObject();
                json.writeStringField("driver", printer.driver());
                json.writeStringField("address", printer.address().toString());
                json.writeStringField("evidence", printer.evidence());
                json.writeStringField("name", printer.name());
                json.writeStringField("model", printer.identity().model());
                json.writeStringField("serial_number", printer.identity().serialNumber());
                writeTexts(json, "sources", printer.sources());
                json.writeBooleanField("confirmed", printer.isConfirmed());
                json.writeStringField("fingerprint", printer.fingerprint());
                json.writeStringField(
                        "registered",
                        printer.registered() == null
                                ? null
                                : printer.registered().value());
                json.writeEndObject();
            }
            json.writeEndArray();
            writeTexts(
                    json,
                    "followed",
                    report.followed().stream().map(PrinterId::value).toList());
            json.writeEndObject();
        });
    }

    private static void writeTexts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
