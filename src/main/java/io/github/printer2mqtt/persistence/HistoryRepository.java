package io.github.printer2mqtt.persistence;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The history: prints that ended, which {@link JobRepository} saves together with the jobs, and changes of state. Both stay
 * when their printer is renamed or removed. What does not fit into the queue while the database accepts nothing is dropped
 * and counted.
 */
public interface HistoryRepository {
    /**
     * Identifies a print of a printer over restarts, so that its end is recorded once.
     *
     * @param firstSeenAt when the bridge saw it first, by the wall clock
     * @param startedAt when the bridge saw it start; null if it ran already when it was seen first
     */
    record Print(Instant firstSeenAt, @Nullable Instant startedAt) {}

    /**
     * A print that ended.
     *
     * @param name of the printer when the print ended
     * @param group of the printer when the print ended; null if it belonged to none
     * @param endedAt null if the end was not seen
     * @param recordedAt when the bridge noticed the end
     * @param jobId the printer's own; null if its protocol has none
     * @param file the name shown to people; null if unknown
     * @param progress percent as last seen, 100 for a finished print; null if unknown
     * @param duration seconds of printing as last seen; of a print whose end was not seen it may have been longer. Null if unknown
     * @param filament what was printed with, for example {@code PLA}; null if unknown
     */
    record EndedJob(
            PrinterId printer,
            String name,
            @Nullable String group,
            Print print,
            @Nullable Instant endedAt,
            Instant recordedAt,
            @Nullable String jobId,
            @Nullable String file,
            JobResult result,
            @Nullable Double progress,
            @Nullable Long duration,
            @Nullable String filament) {}

    /**
     * A change of a printer's state.
     *
     * @param name of the printer at that time
     * @param group of the printer at that time; null if it belonged to none
     * @param reason why it is offline; null unless it is
     */
    record StateChange(
            PrinterId printer,
            String name,
            @Nullable String group,
            Instant at,
            PrinterState from,
            PrinterState to,
            @Nullable FailureReason reason) {}

    /** Adds a change of state; returns at once. */
    void add(StateChange change);
}
