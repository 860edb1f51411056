package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.json.Json;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.registration.detection.ProbeAttempt;
import io.github.printer2mqtt.registration.diagnosis.DiagnosisDocument;

/** The JSON of a {@link ProbeReport}. */
public final class ProbeDocument {
    private ProbeDocument() {}

    public static byte[] of(ProbeReport report) {
        PrinterAddress address = report.address();
        Reading reading = report.reading();
        PollFailure miss = report.failure();
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("driver", report.driver());
            json.writeStringField("address", address == null ? null : address.toString());
            json.writeStringField("evidence", report.evidence());
            json.writeStringField(
                    "state", reading == null ? null : reading.state().wireName());
            json.writeStringField("model", reading == null ? null : reading.model());
            json.writeStringField("message", reading == null ? null : reading.message());
            json.writeStringField("reason", miss == null ? null : miss.reason().wireName());
            json.writeStringField("detail", miss == null ? null : miss.detail());
            json.writeStringField("fingerprint", report.fingerprint());
            json.writeArrayFieldStart("attempts");
            for (ProbeAttempt attempt : report.attempts()) {
                json.writeStartObject();
                json.writeStringField("address", attempt.address().toString());
                json.writeStringField("answer", attempt.answer());
                json.writeEndObject();
            }
            json.writeEndArray();
            DiagnosisDocument.writeStages(json, report.stages());
            json.writeEndObject();
        });
    }
}
