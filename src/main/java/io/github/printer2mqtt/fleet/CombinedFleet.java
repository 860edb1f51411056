package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.PrinterKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The printers of this bridge and of other sites, read as one fleet: our own first, then site by site. Thread-safe.
 *
 * @param parts at least our own fleet
 */
public record CombinedFleet(List<Part> parts) {
    public CombinedFleet {
        parts = List.copyOf(parts);
    }

    /**
     * The fleet of one bridge.
     *
     * @param site null for our own
     */
    public record Part(@Nullable String site, FleetView fleet) {}

    /** Our own printers only. */
    public static CombinedFleet of(FleetView own) {
        return new CombinedFleet(List.of(new Part(null, own)));
    }

    /** The snapshots of this moment. Later calls of one thread never return an older one of any part. */
    public Snapshot snapshot() {
        return new Snapshot(parts.stream().map(part -> part.fleet().snapshot()).toList());
    }

    /** The document of a printer; null if it or its site is unknown. */
    public @Nullable StatusDocument find(PrinterKey printer) {
        for (Part part : parts) {
            if (Objects.equals(part.site(), printer.site())) {
                return part.fleet().snapshot().find(printer.id());
            }
        }
        return null;
    }

    /**
     * The status of every printer of all parts. Immutable.
     *
     * @param parts in the order of the fleets
     */
    public record Snapshot(List<FleetSnapshot> parts) {
        /** Rises with every change of a part. */
        public long version() {
            return parts.stream().mapToLong(FleetSnapshot::version).sum();
        }

        public int size() {
            return parts.stream().mapToInt(FleetSnapshot::size).sum();
        }

        /** All documents, part by part in the order of their ids. */
        public List<StatusDocument> documents() {
            if (parts.size() == 1) {
                return parts.get(0).documents();
            }
            List<StatusDocument> all = new ArrayList<>(size());
            parts.forEach(part -> all.addAll(part.documents()));
            return all;
        }
    }
}
