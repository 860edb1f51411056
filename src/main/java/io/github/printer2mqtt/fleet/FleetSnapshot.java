package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The status of every printer at one version. Immutable.
 *
 * <p>A new snapshot is made for every observation, so the documents stand in pages of which only one is copied: 10,000
 * printers cost a copy of about 200 references, not of 10,000. They stand in the order of their ids, where a printer is
 * found by halving: a map of places would have to be made anew for every printer of a fleet that is read in at start.
 * What is made of the whole fleet again and again can be made page by page: an unchanged page keeps its version.
 */
public final class FleetSnapshot {
    private static final int PAGE = 64;
    private static final FleetSnapshot EMPTY = new FleetSnapshot(0, new Page[0], 0);

    private final int size;
    private final Page[] pages;
    private final long version;

    private FleetSnapshot(int size, Page[] pages, long version) {
        this.size = size;
        this.pages = pages;
        this.version = version;
    }

    /** Printers whose ids follow each other. Immutable. */
    public static final class Page {
        private final long version;
        private final StatusDocument[] documents;

        private Page(long version, StatusDocument[] documents) {
            this.version = version;
            this.documents = documents;
        }

        /** The version of the snapshot that changed it last: at one place, the same version means the same page. */
        public long version() {
            return version;
        }

        /** Its documents, in the order of their ids; at least one. */
        public List<StatusDocument> documents() {
            return Collections.unmodifiableList(Arrays.asList(documents));
        }

        private Page with(int place, StatusDocument document, long now) {
            StatusDocument[] changed = documents.clone();
            changed[place] = document;
            return new Page(now, changed);
        }
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

    /** All pages, in the order of their ids. */
    public List<Page> pages() {
        return Collections.unmodifiableList(Arrays.asList(pages));
    }

    /** All documents, in the order of their ids. */
    public List<StatusDocument> documents() {
        return documentsFrom(0);
    }

    private List<StatusDocument> documentsFrom(int first) {
        List<StatusDocument> all = new ArrayList<>(size - first * PAGE + 1);
        for (int page = first; page < pages.length; page++) {
            Collections.addAll(all, pages[page].documents);
        }
        return all;
    }

    /** This picture with one printer's status replaced or added. */
    FleetSnapshot with(Status status) {
        int slot = slot(status.id());
        StatusDocument document = new StatusDocument(status);
        if (slot < 0) {
            int first = (-slot - 1) / PAGE;
            List<StatusDocument> rest = documentsFrom(first);
            rest.add(-slot - 1 - first * PAGE, document);
            return arranged(first, rest);
        }
        Page[] changed = pages.clone();
        changed[slot / PAGE] = pages[slot / PAGE].with(slot % PAGE, document, version + 1);
        return new FleetSnapshot(size, changed, version + 1);
    }

    /** This picture without a printer that is in it. */
    FleetSnapshot without(PrinterId printer) {
        int slot = slot(printer);
        int first = slot / PAGE;
        List<StatusDocument> rest = documentsFrom(first);
        rest.remove(slot - first * PAGE);
        return arranged(first, rest);
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
        return pages[slot / PAGE].documents[slot % PAGE];
    }

    /** The pages before the first as they are, and the rest anew. */
    private FleetSnapshot arranged(int first, List<StatusDocument> rest) {
        int all = first * PAGE + rest.size();
        Page[] arranged = Arrays.copyOf(pages, (all + PAGE - 1) / PAGE);
        for (int page = first; page < arranged.length; page++) {
            int from = (page - first) * PAGE;
            List<StatusDocument> documents = rest.subList(from, Math.min(from + PAGE, rest.size()));
            arranged[page] = new Page(version + 1, documents.toArray(new StatusDocument[0]));
        }
        return new FleetSnapshot(all, arranged, version + 1);
    }
}
