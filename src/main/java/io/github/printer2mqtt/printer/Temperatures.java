package io.github.printer2mqtt.printer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The heaters of one printer.
 *
 * @param nozzles in the printer's order, empty if unknown; at most 16
 * @param bed null if there is none or it is unknown
 * @param chamber null if there is none or it is unknown
 */
public record Temperatures(
        List<Temperature> nozzles,
        @Nullable Temperature bed,
        @Nullable Temperature chamber) {
    private static final Temperatures UNKNOWN = new Temperatures(List.of(), null, null);

    public Temperatures {
        nozzles = List.copyOf(nozzles.size() > 16 ? nozzles.subList(0, 16) : nozzles);
    }

    public static Temperatures unknown() {
        return UNKNOWN;
    }

    /** The first nozzle, which is all that most printers have; null if unknown. */
    public @Nullable Temperature nozzle() {
        return nozzles.isEmpty() ? null : nozzles.get(0);
    }
}
