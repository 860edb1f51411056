package io.github.printer2mqtt.http.list;

import io.github.printer2mqtt.fleet.CombinedFleet;
import io.github.printer2mqtt.fleet.FleetSnapshot;
import io.github.printer2mqtt.json.CountsDocument;
import io.github.printer2mqtt.json.Json;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.StateCounts;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Joins the printer list from encoded status documents. Its counts are those of the listed printers. */
public final class ListDocument {
    private static final byte[] OPENING = "{\"printers\":[".getBytes(StandardCharsets.UTF_8);

    private ListDocument() {}

    /** The list in UTF-8. */
    public static byte[] join(CombinedFleet.Snapshot snapshot, ListQuery query) {
        List<byte[]> parts = new ArrayList<>(snapshot.size());
        StateCounts.Counter counts = new StateCounts.Counter();
        for (StatusDocument document : snapshot.documents()) {
            if (query.matches(document.status())) {
                parts.add(query.fields().isEmpty() ? document.bytes() : document.bytes(query.fields()));
                counts.add(document.status());
            }
        }
        return joined(OPENING, parts, closing(counts.counts(), snapshot.version()));
    }

    /** The bytes before the first printer. */
    static byte[] opening() {
        return OPENING.clone();
    }

    /**
     * The printers of one page, with a leading comma unless it is the first.
     *
     * @param index of the page, from 0
     */
    static byte[] rows(int index, FleetSnapshot.Page page) {
        List<byte[]> parts =
                page.documents().stream().map(StatusDocument::bytes).toList();
        return joined(index == 0 ? new byte[0] : new byte[] {','}, parts, new byte[0]);
    }

    private static byte[] joined(byte[] before, List<byte[]> parts, byte[] after) {
        long size = Math.max(0, parts.size() - 1L) + before.length + after.length;
        for (byte[] part : parts) {
            size += part.length;
        }
        ByteBuffer joined = ByteBuffer.allocate(Math.toIntExact(size)).put(before);
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) {
                joined.put((byte) ',');
            }
            joined.put(parts.get(i));
        }
        return joined.put(after).array();
    }

    /** The bytes after the last printer. */
    static byte[] closing(StateCounts counts, long version) {
        byte[] object = Json.bytes(
                new JsonObject().put("counts", CountsDocument.counts(counts)).put("version", version));
        // The array ends, and the fields follow without the brace that opens their object.
        return ByteBuffer.allocate(object.length + 1)
                .put((byte) ']')
                .put((byte) ',')
                .put(object, 1, object.length - 1)
                .array();
    }
}
