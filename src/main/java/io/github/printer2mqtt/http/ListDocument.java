package io.github.printer2mqtt.http;

import io.github.printer2mqtt.fleet.FleetSnapshot;
import io.github.printer2mqtt.printer.PrinterState;
import io.github.printer2mqtt.wire.Json;
import io.github.printer2mqtt.wire.StatusDocument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Joins the printer list from the documents that are encoded already. The counts are those of the printers in the list.
 */
final class ListDocument {
    private static final byte[] OPENING = "{\"printers\":[".getBytes(StandardCharsets.UTF_8);

    private ListDocument() {}

    /** The list in UTF-8. */
    static byte[] join(FleetSnapshot snapshot, ListQuery query) {
        List<byte[]> parts = new ArrayList<>(snapshot.size());
        Map<PrinterState, Integer> counts = new EnumMap<>(PrinterState.class);
        long size = OPENING.length;
        for (StatusDocument document : snapshot.documents()) {
            if (query.chooses(document.status())) {
                byte[] part = query.fields().isEmpty()
                        ? document.bytes()
                        : TopLevelKeys.select(document.bytes(), query.fields());
                parts.add(part);
                size += part.length + 1;
                counts.merge(document.status().state(), 1, Integer::sum);
            }
        }
        byte[] closing = closing(counts, parts.size(), snapshot.version());
        byte[] list = new byte[Math.toIntExact(size - (parts.isEmpty() ? 0 : 1) + closing.length)];
        int at = append(list, 0, OPENING);
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) {
                list[at++] = ',';
            }
            at = append(list, at, parts.get(i));
        }
        append(list, at, closing);
        return list;
    }

    private static int append(byte[] list, int at, byte[] part) {
        System.arraycopy(part, 0, list, at, part.length);
        return at + part.length;
    }

    private static byte[] closing(Map<PrinterState, Integer> counts, int total, long version) {
        byte[] object = Json.bytes(json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("counts");
            for (PrinterState state : PrinterState.values()) {
                json.writeNumberField(state.word(), counts.getOrDefault(state, 0));
            }
            json.writeNumberField("total", total);
            json.writeEndObject();
            json.writeNumberField("version", version);
            json.writeEndObject();
        });
        object[0] = ',';
        byte[] closing = new byte[object.length + 1];
        closing[0] = ']';
        System.arraycopy(object, 0, closing, 1, object.length);
        return closing;
    }
}
