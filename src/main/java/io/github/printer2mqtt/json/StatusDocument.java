package io.github.printer2mqtt.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.filter.FilteringGeneratorDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.model.Status.Plate;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.text.WireConstant;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A status and its document (docs/reference/status.md), encoded once at the first use: MQTT and HTTP send the same bytes. Safe
 * for every thread; two threads may encode it at the same time, with the same result.
 */
public final class StatusDocument {
    private static final int SCHEMA = 1;

    private final Status status;
    private volatile byte @Nullable [] bytes;

    public StatusDocument(Status status) {
        this.status = status;
    }

    public Status status() {
        return status;
    }

    /** The document in UTF-8. Shared: do not change it. */
    public byte[] bytes() {
        byte[] known = bytes;
        if (known == null) {
            known = Json.bytes(this::write);
            bytes = known;
        }
        return known;
    }

    /** Only some top-level keys, in the order of the document. */
    public byte[] bytes(Set<String> keys) {
        TokenFilter filter = new TokenFilter() {
            @Override
            public @Nullable TokenFilter includeProperty(String name) {
                return keys.contains(name) ? TokenFilter.INCLUDE_ALL : null;
            }
        };
        return Json.bytes(
                json -> write(new FilteringGeneratorDelegate(json, filter, Inclusion.INCLUDE_ALL_AND_PATH, true)));
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("schema", SCHEMA);
        json.writeStringField("id", status.id().value());
        json.writeStringField("name", status.name());
        json.writeStringField("driver", status.driver());
        json.writeStringField("model", status.model());
        json.writeStringField("group", status.group());
        Json.strings(json, "tags", status.tags());
        json.writeStringField("state", status.state().wireName());
        json.writeStringField("raw_state", status.rawState());
        json.writeStringField("message", status.message());
        json.writeBooleanField("online", status.online());
        json.writeFieldName("temperatures");
        write(json, status.temperatures());
        json.writeFieldName("job");
        write(json, status.job());
        json.writeFieldName("last_job");
        write(json, status.lastJob());
        Json.number(json, "speed", status.speed());
        Json.number(json, "fan", status.fan());
        write(json, status.details(), status.temperatures().activeNozzle());
        json.writeFieldName("plate");
        write(json, status.plate());
        json.writeFieldName("maintenance");
        write(json, status.maintenance());
        json.writeStringField("site", status.site());
        json.writeFieldName("source");
        write(json, status.source());
        Json.strings(json, "capabilities", WireConstant.names(status.capabilities()));
        json.writeFieldName("poll");
        write(json, status.poll());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Temperatures temperatures) throws IOException {
        json.writeStartObject();
        json.writeFieldName("nozzle");
        write(json, temperatures.nozzle());
        json.writeArrayFieldStart("nozzles");
        for (Temperatures.Temperature nozzle : temperatures.nozzles()) {
            write(json, nozzle);
        }
        json.writeEndArray();
        json.writeFieldName("bed");
        write(json, temperatures.bed());
        json.writeFieldName("chamber");
        write(json, temperatures.chamber());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Temperatures.@Nullable Temperature temperature) throws IOException {
        if (temperature == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        Json.number(json, "actual", temperature.actual());
        Json.number(json, "target", temperature.target());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, @Nullable LastJob last) throws IOException {
        if (last == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringField("id", last.id());
        json.writeStringField("file", last.file());
        json.writeStringField("result", last.result().wireName());
        Json.instant(json, "ended_at", last.endedAt());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Reading.Details details, @Nullable Integer activeNozzle)
            throws IOException {
        json.writeFieldName("light");
        write(json, details.light());
        Json.number(json, "active_nozzle", activeNozzle);
        json.writeArrayFieldStart("problems");
        for (Reading.Problem problem : details.problems()) {
            json.writeStartObject();
            json.writeStringField("code", problem.code());
            json.writeStringField("severity", problem.severity().wireName());
            json.writeStringField("message", problem.message());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("filaments");
        for (Reading.Filament filament : details.filaments()) {
            json.writeStartObject();
            json.writeStringField("slot", filament.slot());
            json.writeStringField("type", filament.type());
            json.writeStringField("color", filament.color());
            json.writeStringField("name", filament.name());
            Json.number(json, "remaining", filament.remaining());
            json.writeFieldName("active");
            write(json, filament.active());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, @Nullable Boolean value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else {
            json.writeBoolean(value);
        }
    }

    static void write(JsonGenerator json, @Nullable Plate plate) throws IOException {
        if (plate == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringField("state", plate.state().wireName());
        Json.instant(json, "since", plate.since());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Printer.@Nullable Maintenance maintenance) throws IOException {
        if (maintenance == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringField("note", maintenance.note());
        Json.instant(json, "since", maintenance.since());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Status.@Nullable Source source) throws IOException {
        if (source == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringField("node", source.node());
        json.writeNumberField("epoch", source.epoch());
        json.writeNumberField("seq", source.seq());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Status.LastPoll poll) throws IOException {
        json.writeStartObject();
        Json.instant(json, "observed_at", poll.observedAt());
        Json.number(json, "latency_ms", poll.latencyMillis());
        json.writeNumberField("failures", poll.failures());
        json.writeStringField(
                "reason", poll.reason() == null ? null : poll.reason().wireName());
        json.writeEndObject();
    }

    /** The {@code job} object of status and event documents. */
    static void write(JsonGenerator json, Status.@Nullable CurrentJob status) throws IOException {
        if (status == null) {
            json.writeNull();
            return;
        }
        Job job = status.job();
        json.writeStartObject();
        json.writeStringField("id", job.id());
        json.writeStringField("file", job.file());
        Json.number(json, "progress", job.progress());
        Json.number(json, "elapsed", job.elapsed());
        Json.number(json, "remaining", job.remaining());
        Json.instant(json, "finish_at", status.finishAt());
        Json.number(json, "layer", job.layer());
        Json.number(json, "layers", job.layers());
        json.writeBooleanField("stale", status.stale());
        json.writeEndObject();
    }
}
