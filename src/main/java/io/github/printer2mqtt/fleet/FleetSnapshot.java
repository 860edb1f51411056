package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.printer.PrinterId;
import io.github.printer2mqtt.printer.Status;
import io.github.printer2mqtt.wire.StatusDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The status of every printer at one version. Immutable.
 *
 * <p>A new snapshot is made for every observation, so the documents stand in pages of which only one is copied: 10,000
 * printers cost a copy of about 200 references, not of 10,000. They stand in the order of their ids, where a printer is
 * found by halving: a map of places would have to be made anew for every printer of a fleet that is read in at start.
 */
public final class FleetSnapshot {
    private static final int PAGE = 128;
    private static final FleetSnapshot EMPTY = new FleetSnapshot(0, new StatusDocument[0][], 0);

    private final int size;
    private final @Nullable StatusDocument[][] pages;
    private final long version;

    private FleetSnapshot(int size, @Nullable StatusDocument[][] pages, long version) {
        this.size = size;
        this.pages = pages;
        this.version = version;
    }

    static FleetSnapshot empty() {
        return EMPTY;
    }

    /** Raised by every observation and every registration; begins at 0. */
    public long version() {
        return version;
    }

    public int size() {
        return size;
    }

    /** The document of a printer; null if there is no such printer. */
    public @Nullable StatusDocument find(PrinterId printer) {
        int slot = slot(printer);
        return slot < 0 ? null : at(slot);
    }

    /** All documents, in the order of their ids. */
    public List<StatusDocument> documents() {
        List<StatusDocument> all = new ArrayList<>(size + 1);
        for (@Nullable StatusDocument[] page : pages) {
            for (StatusDocument document : page) {
                if (document != null) {
                    all.add(document);
                }
            }
        }
        return all;
    }

    /** This picture with one printer's status replaced or added. */
    FleetSnapshot with(Status status) {
        int slot = slot(status.id());
        StatusDocument document = new StatusDocument(status);
        if (slot < 0) {
            List<StatusDocument> all = documents();
            all.add(-slot - 1, document);
            return arranged(all);
        }
        @Nullable StatusDocument[][] changed = pages.clone();
        changed[slot / PAGE] = Arrays.copyOf(pages[slot / PAGE], PAGE);
        changed[slot / PAGE][slot % PAGE] = document;
        return new FleetSnapshot(size, changed, version + 1);
    }

    /** This picture without a printer that is in it. */
    FleetSnapshot without(PrinterId printer) {
        List<StatusDocument> rest = documents();
        rest.remove(slot(printer));
        return arranged(rest);
    }

    /** Where a printer stands, or {@code -place - 1} if it is missing and belongs there. */
    private int slot(PrinterId printer) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = at(middle).status().id().compareTo(printer);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    private StatusDocument at(int slot) {
        return Objects.requireNonNull(pages[slot / PAGE][slot % PAGE]);
    }

    private FleetSnapshot arranged(List<StatusDocument> sorted) {
        @Nullable StatusDocument[][] arranged = new StatusDocument[(sorted.size() + PAGE - 1) / PAGE][PAGE];
        for (int slot = 0; slot < sorted.size(); slot++) {
            arranged[slot / PAGE][slot % PAGE] = sorted.get(slot);
        }
        return new FleetSnapshot(sorted.size(), arranged, version + 1);
    }
}
