package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.printer.Job;
import io.github.printer2mqtt.printer.JobResult;
import io.github.printer2mqtt.printer.LastJob;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The print that ended last, to tell a printer that goes on naming it from one that prints it again. Printers repeat ids,
 * and people repeat files, so the start decides: a print that began before the end was seen is no new one.
 *
 * @param job as last described
 * @param at when the end was noticed; null if that is not known, as after a restart of the bridge
 * @param told whether its end was proven, after which it cannot end again
 */
record EndedPrint(Job job, @Nullable Instant at, boolean told) {
    /** Elapsed times are whole seconds, and printers round them as they like. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    static EndedPrint of(LastJob last) {
        return new EndedPrint(PrintEvidence.named(last), last.endedAt(), last.result() != JobResult.UNKNOWN);
    }

    /** Whether a print that a printer shows as running is this one. */
    boolean isShownAgainAs(Job now, Instant seenAt) {
        if (at == null || !job.continuesAs(now)) {
            return false;
        }
        if (now.elapsed() == null) {
            return job.id() != null && job.id().equals(now.id());
        }
        // A wall clock that was set back proves nothing: better a print too many than one that is not followed.
        return !seenAt.isBefore(at) && seenAt.minusSeconds(now.elapsed()).isBefore(at.minus(ROUNDING));
    }
}
