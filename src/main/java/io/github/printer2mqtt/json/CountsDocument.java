package io.github.printer2mqtt.json;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.StateCounts;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Counts by state and the next print to finish ({@code groups/<group>/state} and {@code fleet/state}). */
public final class CountsDocument {
    private CountsDocument() {}

    public static byte[] fleet(StateCounts counts) {
        return Json.bytes(document(new JsonObject(), counts));
    }

    public static byte[] group(String group, StateCounts counts) {
        return Json.bytes(document(new JsonObject().put("group", group), counts));
    }

    private static JsonObject document(JsonObject json, StateCounts counts) {
        PrinterId next = counts.nextFinishPrinter();
        return json.put("counts", counts(counts.byState()))
                .put("next_finish_at", Json.text(counts.nextFinish()))
                .put("next_finish_printer", next == null ? null : next.value());
    }

    /** The field {@code counts}: each state and the total. */
    public static JsonObject counts(Map<PrinterState, Integer> byState) {
        JsonObject counts = new JsonObject();
        for (PrinterState state : PrinterState.values()) {
            counts.put(state.wireName(), byState.getOrDefault(state, 0));
        }
        return counts.put(
                "total", byState.values().stream().mapToInt(Integer::intValue).sum());
    }
}
