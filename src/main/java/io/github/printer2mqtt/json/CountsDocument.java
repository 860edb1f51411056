package io.github.printer2mqtt.json;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.StateCounts;
import io.vertx.core.json.JsonObject;

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
        return json.put("counts", counts(counts))
                .put("next_finish_at", Json.text(counts.nextFinish()))
                .put("next_finish_printer", next == null ? null : next.value());
    }

    /** The field {@code counts}: each state and the total. */
    public static JsonObject counts(StateCounts counts) {
        JsonObject json = new JsonObject();
        counts.byState().forEach((state, count) -> json.put(state.wireName(), count));
        return json.put("total", counts.total());
    }
}
