package io.github.printer2mqtt.http.list;

import io.github.printer2mqtt.fleet.FleetSnapshot;
import io.github.printer2mqtt.json.CountsDocument;
import io.github.printer2mqtt.json.Json;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.StateCounts;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Joins the printer list from encoded status documents. Its counts are those of the listed printers. */
public final class ListDocument {
    private static final byte[] OPENING = "{\"printers\":[".getBytes(StandardCharsets.UTF_8);

    private ListDocument() {}

    /** The list in UTF-8. */
    public static byte[] join(FleetSnapshot snapshot, ListQuery query) {
        List<byte[]> parts = new ArrayList<>(snapshot.size());
        StateCounts.Counter counts = new StateCounts.Counter();
        for (StatusDocument document : snapshot.documents()) {
            if (query.matches(document.status())) {
                parts.add(
                        query.fields().isEmpty()
                                ? document.bytes()
                                : JsonFieldFilter.select(document.bytes(), query.fields()));
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
        byte[] joined = new byte[Math.toIntExact(size)];
        int at = append(joined, 0, before);
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) {
                joined[at++] = ',';
            }
            at = append(joined, at, parts.get(i));
        }
        append(joined, at, after);
        return joined;
    }

    private static int append(byte[] joined, int at, byte[] part) {
        System.arraycopy(part, 0, joined, at, part.length);
        return at + part.length;
    }

    /** The bytes after the last printer. */
    static byte[] closing(StateCounts counts, long version) {
        byte[] object = Json.bytes(
                new JsonObject().put("counts", CountsDocument.counts(counts)).put("version", version));
        object[0] = ',';
        byte[] closing = new byte[object.length + 1];
        closing[0] = ']';
        System.arraycopy(object, 0, closing, 1, object.length);
        return closing;
    }
}
