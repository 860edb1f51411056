package io.github.printer2mqtt.http.list;

import io.github.printer2mqtt.fleet.CombinedFleet;
import io.github.printer2mqtt.fleet.FleetSnapshot;
import io.github.printer2mqtt.model.StateCounts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole printer list as one gzip member, compressed page by page: the next list reuses pages that have not changed. Holds
 * compressed bytes only. Immutable; safe for every thread.
 */
public final class CompressedList {
    private static final DeflatedBytes OPENING = DeflatedBytes.ofPart(ListDocument.opening());

    /** @param fleet the place of its fleet in the snapshot */
    private record Part(int fleet, long version, DeflatedBytes bytes, StateCounts counts) {}

    private final List<Part> parts;
    private final DeflatedBytes closing;
    private final int compressed;

    private CompressedList(List<Part> parts, DeflatedBytes closing, int compressed) {
        this.parts = parts;
        this.closing = closing;
        this.compressed = compressed;
    }

    /** @param before an earlier list of the same fleet; null if there is none */
    public static CompressedList of(CombinedFleet.Snapshot snapshot, @Nullable CompressedList before) {
        List<Part> known = before == null ? List.of() : before.parts;
        List<Part> parts = new ArrayList<>(known.size());
        StateCounts.Counter counts = new StateCounts.Counter();
        int compressed = 0;
        for (int fleet = 0; fleet < snapshot.parts().size(); fleet++) {
            for (FleetSnapshot.Page page : snapshot.parts().get(fleet).pages()) {
                int index = parts.size();
                Part part = index < known.size() ? known.get(index) : null;
                if (part == null || part.fleet() != fleet || part.version() != page.version()) {
                    part = part(index, fleet, page);
                    compressed++;
                }
                parts.add(part);
                counts.add(part.counts());
            }
        }
        byte[] closing = ListDocument.closing(counts.counts(), snapshot.version());
        return new CompressedList(parts, DeflatedBytes.ofEnd(closing), compressed);
    }

    private static Part part(int index, int fleet, FleetSnapshot.Page page) {
        StateCounts.Counter counts = new StateCounts.Counter();
        page.documents().forEach(document -> counts.add(document.status()));
        return new Part(fleet, page.version(), DeflatedBytes.ofPart(ListDocument.rows(index, page)), counts.counts());
    }

    /** The number of pages compressed for this list and not reused. */
    public int compressed() {
        return compressed;
    }

    /** The gzip member. */
    public byte[] bytes() {
        List<DeflatedBytes> blocks = new ArrayList<>(parts.size() + 2);
        blocks.add(OPENING);
        parts.forEach(part -> blocks.add(part.bytes()));
        blocks.add(closing);
        return GzipMember.of(blocks);
    }
}
