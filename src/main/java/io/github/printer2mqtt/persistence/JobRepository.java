package io.github.printer2mqtt.persistence;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.PrinterId;
import org.jspecify.annotations.Nullable;

/**
 * Where the fleet writes down which print runs and how the one before ended, so that a restart forgets neither. Called on
 * the fleet's context: an implementation returns at once and keeps the order of the calls for one printer.
 */
public interface JobRepository {
    /**
     * What is remembered of one printer's prints.
     *
     * @param running the print that ran when the bridge last looked; null if none did
     * @param last null if none has ended yet
     */
    record StoredJobs(@Nullable Job running, @Nullable LastJob last) {}

    /** A print began, or was found running. */
    void saveRunning(PrinterId printer, Job job);

    /** The print goes on, as described now; this may be written down later, since it comes with every reading. */
    default void saveProgress(PrinterId printer, Job job) {}

    /** The print is over; nothing runs now. */
    void saveEnded(PrinterId printer, LastJob last);

    /** The printer was removed; forget it. */
    void remove(PrinterId printer);
}
