package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.JobRepository;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stores what changed between two tracks of a printer's prints. Belongs to the context of {@link FleetState}. */
record JobRecorder(JobRepository repository) {
    void record(PrinterId printer, JobTrack before, JobTrack after) {
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

    void remove(PrinterId printer) {
        repository.remove(printer);
    }

    private static boolean isSame(@Nullable Job before, @Nullable Job running) {
        return before != null
                && running != null
                && before.continuesAs(running)
                && Objects.equals(before.id(), running.id())
                && Objects.equals(before.file(), running.file());
    }
}
