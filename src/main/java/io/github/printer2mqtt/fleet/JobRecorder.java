package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.persistence.HistoryRepository.EndedJob;
import io.github.printer2mqtt.persistence.HistoryRepository.Print;
import io.github.printer2mqtt.persistence.JobRepository;
import io.github.printer2mqtt.persistence.JobRepository.StoredJobs;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Follows the prints of the fleet's printers and stores what changed. Guarded by the lock of {@link FleetState}. */
final class JobRecorder {
    private final JobRepository repository;
    private final Map<PrinterId, StoredJobs> restored = new HashMap<>();

    /** The print of each printer that was read since its registration; null if it has had none. */
    private final Map<PrinterId, @Nullable Print> prints = new HashMap<>();

    JobRecorder(JobRepository repository) {
        this.repository = repository;
    }

    void restore(Map<PrinterId, StoredJobs> stored, Map<PrinterId, Print> storedPrints) {
        restored.putAll(stored);
        prints.putAll(storedPrints);
    }

    /** The prints of a printer that is registered for the first time since the start. */
    JobTrack take(PrinterId printer) {
        StoredJobs stored = restored.remove(printer);
        return stored == null ? JobTrack.empty() : JobTrack.of(stored);
    }

    /**
     * Returns the events of the step to a reading.
     *
     * @param previous the reading before; null if there was none in this session
     */
    List<JobTrack.Transition> onReading(PrinterEntry entry, @Nullable Reading previous, Reading reading, Instant at) {
        JobTrack before = entry.jobs;
        List<JobTrack.Transition> transitions = List.of();
        if (previous == null) {
            entry.jobs = before.resumed(reading, at);
        } else {
            JobTrack.Step step = before.step(previous.state(), reading, at);
            entry.jobs = step.track();
            transitions = step.transitions();
        }
        save(entry, before, previous, reading, at);
        return transitions;
    }

    void remove(PrinterId printer) {
        repository.remove(printer);
        prints.remove(printer);
    }

    private void save(PrinterEntry entry, JobTrack before, @Nullable Reading previous, Reading reading, Instant at) {
        PrinterId id = entry.printer.id();
        JobTrack after = entry.jobs;
        Print known = prints.get(id);
        boolean seen = previous != null && before.phase() != JobTrack.Phase.UNSEEN;
        PrintLog log = PrintLog.of(known, before, after, seen ? at : null, at);
        // What a printer shows when it is read for the first time ended before it was registered.
        boolean isRecorded = prints.containsKey(id) || !before.equals(JobTrack.empty());
        List<EndedJob> ended = isRecorded
                ? log.ended().stream()
                        .map(each -> EndedPrints.describe(entry.printer, each, previous, reading, at))
                        .toList()
                : List.of();
        prints.put(id, log.print());
        Print changed = Objects.equals(log.print(), known) ? null : log.print();
        if (changed != null || !ended.isEmpty() || isChanged(before, after)) {
            repository.save(id, new JobRepository.Step(new StoredJobs(after.running(), after.last()), changed, ended));
        } else if (after.running() != null) {
            repository.saveProgress(id, after.running());
        }
    }

    /** Whether another job runs or another one ended last. */
    private static boolean isChanged(JobTrack before, JobTrack after) {
        boolean isIdle = before.running() == null && after.running() == null;
        boolean isSameJob = isIdle || isSame(before.running(), after.running());
        return !isSameJob || !Objects.equals(before.last(), after.last());
    }

    private static boolean isSame(@Nullable Job before, @Nullable Job running) {
        return before != null
                && running != null
                && before.continuesAs(running)
                && Objects.equals(before.id(), running.id())
                && Objects.equals(before.file(), running.file());
    }
}
