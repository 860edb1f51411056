package io.github.printer2mqtt.registration.diagnosis;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.printer2mqtt.json.Json;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of a {@link Diagnosis}. */
public final class DiagnosisDocument {
    private DiagnosisDocument() {}

    public static byte[] of(Diagnosis diagnosis) {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("printer", diagnosis.printer().id().value());
            json.writeStringField("driver", diagnosis.printer().driver());
            json.writeStringField("address", diagnosis.printer().address().toString());
            json.writeBooleanField("ok", diagnosis.failedStage() == null);
            json.writeStringField("at", Json.text(diagnosis.at()));
            json.writeNumberField("took_ms", diagnosis.tookMillis());
            writeStages(json, diagnosis.stages());
            json.writeEndObject();
        });
    }

    /** Writes the field {@code stages}. */
    public static void writeStages(JsonGenerator json, List<StageResult> stages) throws IOException {
        json.writeArrayFieldStart("stages");
        for (StageResult result : stages) {
            json.writeStartObject();
            json.writeStringField("stage", result.stage().wireName());
            writeNullable(json, result.ok());
            Json.number(json, "took_ms", result.tookMillis());
            json.writeStringField("found", result.found());
            json.writeStringField("advice", result.advice());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeNullable(JsonGenerator json, @Nullable Boolean ok) throws IOException {
        if (ok == null) {
            json.writeNullField("ok");
        } else {
            json.writeBooleanField("ok", ok);
        }
    }
}
