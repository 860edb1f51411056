package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.persistence.HistoryRepository;
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
    private final HistoryRepository history;
    private final Map<PrinterId, StoredJobs> restored = new HashMap<>();

    /** The print of each printer that was read since its registration; null if it has had none. */
    private final Map<PrinterId, @Nullable Print> prints = new HashMap<>();

    JobRecorder(JobRepository repository, HistoryRepository history) {
        this.repository = repository;
        this.history = history;
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
        // First, so that a bridge killed in between records the end after its restart, and once.
        record(entry, before, previous, reading, at);
        save(entry.printer.id(), before, entry.jobs);
        return transitions;
    }

    void remove(PrinterId printer) {
        repository.remove(printer);
        prints.remove(printer);
        history.remove(printer);
    }

    private void record(PrinterEntry entry, JobTrack before, @Nullable Reading previous, Reading reading, Instant at) {
        PrinterId id = entry.printer.id();
        Print known = prints.get(id);
        boolean seen = previous != null && before.phase() != JobTrack.Phase.UNSEEN;
        PrintLog log = PrintLog.of(known, before, entry.jobs, seen ? at : null, at);
        // What a printer shows when it is read for the first time ended before it was registered.
        if (prints.containsKey(id) || !before.equals(JobTrack.empty())) {
            log.ended()
                    .forEach(ended -> history.add(EndedPrints.describe(entry.printer, ended, previous, reading, at)));
        }
        prints.put(id, log.print());
        if (log.print() != null && !log.print().equals(known)) {
            history.savePrint(id, log.print());
        }
    }

    private void save(PrinterId printer, JobTrack before, JobTrack after) {
        LastJob last = after.last();
        Job running = after.running();
        boolean continues = isSame(before.running(), running);
        // Two prints of one file that ended unseen have equal results.
        boolean ended = before.running() != null && !continues;
        if (last != null && (ended || !Objects.equals(before.last(), last))) {
            repository.saveEnded(printer, last);
        }
        if (running != null) {
            if (continues) {
                repository.saveProgress(printer, running);
            } else {
                repository.saveRunning(printer, running);
            }
        }
    }

    private static boolean isSame(@Nullable Job before, @Nullable Job running) {
        return before != null
                && running != null
                && before.continuesAs(running)
                && Objects.equals(before.id(), running.id())
                && Objects.equals(before.file(), running.file());
    }
}
