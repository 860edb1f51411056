package io.github.printer2mqtt.persistence;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.HistoryRepository.EndedJob;
import io.github.printer2mqtt.persistence.HistoryRepository.Print;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The running and the last job of each printer and the prints that ended, kept across restarts. All methods return at once
 * and are applied in the order of the calls for one printer.
 */
public interface JobRepository {
    /**
     * The jobs of one printer.
     *
     * @param running null if nothing was printing when the bridge last knew
     * @param last null if no job has ended yet
     */
    record StoredJobs(@Nullable Job running, @Nullable LastJob last) {}

    /**
     * What one reading changed.
     *
     * @param jobs of the printer after the reading
     * @param print the print that runs or, if none does, the one that ended last; null if it is as before
     * @param ended prints that ended, for the history. One replaces an entry of the same print whose result was unknown; any
     *     other entry is kept
     */
    record Step(StoredJobs jobs, @Nullable Print print, List<EndedJob> ended) {}

    /** Saves a step, all of it or nothing: a bridge that is killed neither loses a print that ended nor records it twice. */
    void save(PrinterId printer, Step step);

    /** Notes the progress of the running job, which comes with every reading and may be stored later. */
    default void saveProgress(PrinterId printer, Job job) {}

    /** Removes the jobs of a removed printer; the prints that ended stay in the history. */
    void remove(PrinterId printer);
}
