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
 * <p>Every observation creates a new snapshot, so the documents are stored in pages of which only one is copied: with 10,000
 * printers about 200 references instead of 10,000. They are sorted by id for binary search; an index map would be rebuilt
 * per insert. Whoever derives data from the whole fleet can do so page by page: an unchanged page keeps its version.
 */
public final class FleetSnapshot {
    private static final int PAGE_SIZE = 64;
    static final FleetSnapshot EMPTY = new FleetSnapshot(0, new Page[0], 0);

    private final int size;
    private final Page[] pages;
    private final long version;

    private FleetSnapshot(int size, Page[] pages, long version) {
        this.size = size;
        this.pages = pages;
        this.version = version;
    }

    /** Some printers with consecutive ids. Immutable. */
    public static final class Page {
        private final long version;
        private final StatusDocument[] documents;

        private Page(long version, StatusDocument[] documents) {
            this.version = version;
            this.documents = documents;
        }

        /** The version of the snapshot that changed it last: at one index, the same version means the same page. */
        public long version() {
            return version;
        }

        /** Its documents in the order of their ids; at least one. */
        public List<StatusDocument> documents() {
            return Collections.unmodifiableList(Arrays.asList(documents));
        }

        private Page with(int index, StatusDocument document, long now) {
            StatusDocument[] changed = documents.clone();
            changed[index] = document;
            return new Page(now, changed);
        }
    }

    /** Starts at 0; every observation and every registration raises it. */
    public long version() {
        return version;
    }

    public int size() {
        return size;
    }

    /** The document of a printer; null if it is unknown. */
    public @Nullable StatusDocument find(PrinterId printer) {
        int index = index(printer);
        return index < 0 ? null : at(index);
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
        List<StatusDocument> total = new ArrayList<>(size - first * PAGE_SIZE + 1);
        for (int page = first; page < pages.length; page++) {
            Collections.addAll(total, pages[page].documents);
        }
        return total;
    }

    /** This snapshot with one printer's status replaced or added. */
    FleetSnapshot with(Status status) {
        int index = index(status.id());
        StatusDocument document = new StatusDocument(status);
        if (index < 0) {
            int first = (-index - 1) / PAGE_SIZE;
            List<StatusDocument> rest = documentsFrom(first);
            rest.add(-index - 1 - first * PAGE_SIZE, document);
            return rebuilt(first, rest);
        }
        Page[] changed = pages.clone();
        changed[index / PAGE_SIZE] = pages[index / PAGE_SIZE].with(index % PAGE_SIZE, document, version + 1);
        return new FleetSnapshot(size, changed, version + 1);
    }

    /** This snapshot without a printer that it contains. */
    FleetSnapshot without(PrinterId printer) {
        int index = index(printer);
        int first = index / PAGE_SIZE;
        List<StatusDocument> rest = documentsFrom(first);
        rest.remove(index - first * PAGE_SIZE);
        return rebuilt(first, rest);
    }

    /** The index of a printer, or {@code -index - 1} of where it would be inserted. */
    private int index(PrinterId printer) {
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

    private StatusDocument at(int index) {
        return pages[index / PAGE_SIZE].documents[index % PAGE_SIZE];
    }

    /** Keeps the pages before {@code first} and rebuilds the rest. */
    private FleetSnapshot rebuilt(int first, List<StatusDocument> rest) {
        int total = first * PAGE_SIZE + rest.size();
        Page[] rebuilt = Arrays.copyOf(pages, (total + PAGE_SIZE - 1) / PAGE_SIZE);
        for (int page = first; page < rebuilt.length; page++) {
            int from = (page - first) * PAGE_SIZE;
            List<StatusDocument> documents = rest.subList(from, Math.min(from + PAGE_SIZE, rest.size()));
            rebuilt[page] = new Page(version + 1, documents.toArray(new StatusDocument[0]));
        }
        return new FleetSnapshot(total, rebuilt, version + 1);
    }
}
