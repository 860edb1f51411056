package io.github.printer2mqtt.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.StateCounts;
import java.io.IOException;
import java.util.Map;

/** Counts by state and the next print to finish ({@code groups/<group>/state} and {@code fleet/state}). */
public final class CountsDocument {
    private CountsDocument() {}

    public static byte[] fleet(StateCounts counts) {
        return Json.bytes(json -> {
            json.writeStartObject();
            write(json, counts);
            json.writeEndObject();
        });
    }

    public static byte[] group(String group, StateCounts counts) {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("group", group);
            write(json, counts);
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, StateCounts counts) throws IOException {
        writeCounts(json, counts);
        Json.instant(json, "next_finish_at", counts.nextFinish());
        PrinterId next = counts.nextFinishPrinter();
        json.writeStringField("next_finish_printer", next == null ? null : next.value());
    }

    /** Writes the field {@code counts}: each state and the total. */
    public static void writeCounts(JsonGenerator json, StateCounts counts) throws IOException {
        json.writeObjectFieldStart("counts");
        for (Map.Entry<PrinterState, Integer> count : counts.byState().entrySet()) {
            json.writeNumberField(count.getKey().wireName(), count.getValue());
        }
        json.writeNumberField("total", counts.total());
        json.writeEndObject();
    }
}
