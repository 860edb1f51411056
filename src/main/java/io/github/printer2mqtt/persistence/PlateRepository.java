package io.github.printer2mqtt.persistence;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Status.Plate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The plate of each printer, kept across restarts. All methods return at once and are applied in the order of the calls for
 * one printer.
 */
public interface PlateRepository {
    /**
     * What must be known of a plate after a restart.
     *
     * @param hasMaterial whether the running print has put material on it; false unless it is in use
     * @param print the print on it, or the one that was taken off last; null if unknown or in use
     * @param occupiedAt when the print on it was noticed to have ended; null unless occupied
     * @param coolingSince while it is cooling, until when the bed is known to have been hot; null otherwise
     */
    record StoredPlate(
            Plate plate,
            boolean hasMaterial,
            @Nullable Job print,
            @Nullable Instant occupiedAt,
            @Nullable Instant coolingSince) {}

    void save(PrinterId printer, StoredPlate plate);

    /** Removes the plate of a removed printer. */
    void remove(PrinterId printer);
}
