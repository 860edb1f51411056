package io.github.printer2mqtt.persistence;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.PrinterId;
import org.jspecify.annotations.Nullable;

/**
 * The running and the last job of each printer, kept across restarts. All methods return at once and are applied in the
 * order of the calls for one printer.
 */
public interface JobRepository {
    /**
     * The jobs of one printer.
     *
     * @param running null if nothing was printing when the bridge last knew
     * @param last null if no job has ended yet
     */
    record StoredJobs(@Nullable Job running, @Nullable LastJob last) {}

    /** Saves a job that started or was found running. */
    void saveRunning(PrinterId printer, Job job);

    /** Notes the progress of the running job, which comes with every reading and may be stored later. */
    default void saveProgress(PrinterId printer, Job job) {}

    /** Saves how the job ended; nothing runs now. */
    void saveEnded(PrinterId printer, LastJob last);

    /** Removes the jobs of a removed printer. */
    void remove(PrinterId printer);
}
