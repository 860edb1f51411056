package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.persistence.JobRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One printer's prints as far as readings prove them: the running one and the one that ended last. Immutable; each reading
 * yields the next track and the transitions between the two.
 *
 * <p>The rules are in docs/reference/status.md, "Jobs". A print is tracked from the first reading that shows it to the one
 * that ends it; busy and attention do not end it, even where the printer does not name the job meanwhile. An event needs two
 * readings of one session; {@link #resumed} handles the first reading of a session, which causes none.
 *
 * @param running as last described; null if no print is running
 * @param phase which events of {@code running} were announced
 * @param ended the print that ended last, which cannot end again; null if none has ended yet
 * @param last the result of the print that ended last; null if none has ended yet
 */
record JobTrack(
        @Nullable Job running,
        Phase phase,
        @Nullable EndedPrint ended,
        @Nullable LastJob last) {
    /** Ends of one print may differ this much between the printer's clock and ours. */
    private static final Duration SAME_END = Duration.ofMinutes(1);

    enum Phase {
        /** It ran before this session, and no reading of the session was conclusive yet. */
        UNSEEN,
        /** It was seen, but not yet preparing or printing; its start is not announced. */
        SEEN,
        STARTED,
        PAUSED
    }

    /** What happened between two readings, with the print concerned as last described. */
    record Transition(PrinterEvent.Type type, @Nullable Job job) {}

    record Step(JobTrack track, List<Transition> transitions) {}

    static JobTrack of(JobRepository.StoredJobs memory) {
        LastJob last = memory.last();
        return new JobTrack(memory.running(), Phase.STARTED, last == null ? null : EndedPrint.of(last), last);
    }

    static JobTrack empty() {
        return new JobTrack(null, Phase.STARTED, null, null);
    }

    /** The track after the first conclusive reading of a session, which may end the print that ran before. Causes no events. */
    JobTrack resumed(Reading first, Instant at) {
        Job now = PrintEvidence.activeJob(first);
        Phase currentPhase = first.state() == PrinterState.PAUSED ? Phase.PAUSED : Phase.STARTED;
        if (running == null) {
            return now == null ? withUnseenResult(first, null, at).withPastJob(first) : started(now, currentPhase, at);
        }
        if (now != null) {
            return running.continuesAs(now)
                    ? with(now.filledFrom(running), currentPhase)
                    : ended(running, JobResult.UNKNOWN, null, at).started(now, currentPhase, at);
        }
        if (PrintEvidence.isInconclusive(first)) {
            return with(running, Phase.UNSEEN);
        }
        JobResult statedResult = PrintEvidence.statedResultAfterGap(first);
        if (statedResult != null && PrintEvidence.mayDescribe(running, first.job())) {
            return ended(running, statedResult, null, at);
        }
        LastJob past = first.pastJob();
        return past != null && PrintEvidence.mayDescribe(running, past)
                ? ended(running, past.result(), past.endedAt(), at)
                : ended(running, JobResult.UNKNOWN, null, at).withUnseenResult(first, null, at);
    }

    /** Whether a print shown as running at this time is the one that was running here, or whose end was never proven. */
    boolean knows(Job later, Instant at) {
        if (running != null) {
            return running.continuesAs(later);
        }
        return ended != null && !ended.announced() && ended.isShownAgainAs(later, at);
    }

    Step step(PrinterState before, Reading after, Instant at) {
        List<Transition> transitions = new ArrayList<>(2);
        if (before == PrinterState.ATTENTION && after.state() != PrinterState.ATTENTION) {
            transitions.add(new Transition(PrinterEvent.Type.ATTENTION_CLEARED, running));
        }
        JobTrack next = running == null
                ? withoutRunning(after, at, transitions)
                : phase == Phase.UNSEEN ? resumed(after, at) : withRunning(after, at, transitions);
        if (after.state() == PrinterState.ATTENTION && before != PrinterState.ATTENTION) {
            transitions.add(new Transition(PrinterEvent.Type.ATTENTION, next.running));
        }
        return new Step(next, List.copyOf(transitions));
    }

    private JobTrack withoutRunning(Reading after, Instant at, List<Transition> transitions) {
        Job now = PrintEvidence.activeJob(after);
        if (now != null) {
            return started(now, Phase.SEEN, at).announce(after.state(), transitions);
        }
        // A print that started and ended between two polls was never seen running, so there is no event.
        return withUnseenResult(after, at, at).withPastJob(after);
    }

    private JobTrack withRunning(Reading after, Instant at, List<Transition> transitions) {
        Job ran = Objects.requireNonNull(running);
        Job now = PrintEvidence.activeJob(after);
        if (now != null) {
            return ran.continuesAs(now)
                    ? with(now.filledFrom(ran), phase).announce(after.state(), transitions)
                    : ended(ran, JobResult.UNKNOWN, at, at)
                            .started(now, Phase.SEEN, at)
                            .announce(after.state(), transitions);
        }
        if (PrintEvidence.isInconclusive(after)) {
            return this;
        }
        JobResult statedResult = PrintEvidence.statedResult(after);
        LastJob past = after.pastJob();
        if (statedResult == null
                && past != null
                && past.result() != JobResult.UNKNOWN
                && PrintEvidence.mayDescribe(ran, past)) {
            statedResult = past.result();
        }
        if (statedResult == null) {
            return ended(ran, JobResult.UNKNOWN, at, at);
        }
        if (!PrintEvidence.mayDescribe(ran, after.job())) {
            return ended(ran, JobResult.UNKNOWN, at, at).withUnseenResult(after, at, at);
        }
        Job end = lastDescription(ran, after, statedResult);
        transitions.add(new Transition(endEvent(statedResult), end));
        return ended(end, statedResult, at, at);
    }

    /** Adds the transition of the running print that the state shows and that was not announced yet. */
    private JobTrack announce(PrinterState state, List<Transition> transitions) {
        if (running == null) {
            return this;
        }
        boolean moves = state == PrinterState.PRINTING || state == PrinterState.PREPARING;
        if (phase == Phase.SEEN && moves) {
            transitions.add(new Transition(PrinterEvent.Type.PRINT_STARTED, running));
            return with(running, Phase.STARTED);
        }
        if (phase == Phase.PAUSED && moves) {
            transitions.add(new Transition(PrinterEvent.Type.PRINT_RESUMED, running));
            return with(running, Phase.STARTED);
        }
        if (phase != Phase.PAUSED && state == PrinterState.PAUSED) {
            transitions.add(new Transition(PrinterEvent.Type.PRINT_PAUSED, running));
            return with(running, Phase.PAUSED);
        }
        return this;
    }

    /** Tracks a print from now on, unless the printer still names one whose end was announced. */
    private JobTrack started(Job job, Phase newPhase, Instant at) {
        EndedPrint before = ended;
        if (before == null || !before.isShownAgainAs(job, at)) {
            return with(job, newPhase);
        }
        // An end that was never proven is revoked; its start is not announced twice.
        return before.announced()
                ? this
                : with(job.filledFrom(before.job()), newPhase == Phase.SEEN ? Phase.STARTED : newPhase);
    }

    private JobTrack with(@Nullable Job job, Phase newPhase) {
        return new JobTrack(job, newPhase, ended, last);
    }

    /** @param at when it ended; null if unknown */
    private static JobTrack ended(Job job, JobResult result, @Nullable Instant at, Instant noticedAt) {
        EndedPrint now = new EndedPrint(job, noticedAt, result != JobResult.UNKNOWN);
        return new JobTrack(null, Phase.STARTED, now, new LastJob(job.id(), job.file(), result, at));
    }

    /** Adopts the result that the printer states for a print that was never seen running. */
    private JobTrack withUnseenResult(Reading reading, @Nullable Instant at, Instant noticedAt) {
        JobResult statedResult = PrintEvidence.statedResultAfterGap(reading);
        boolean isJobEnd = statedResult == JobResult.FINISHED || statedResult == JobResult.CANCELLED;
        Job job = reading.job();
        if (!isJobEnd || job == null || (PrintEvidence.isLast(last, job) && isProven(last))) {
            return this;
        }
        return ended(job, Objects.requireNonNull(statedResult), at, noticedAt);
    }

    /** Adopts the newest entry of the printer's history if it ended after the print known. */
    private JobTrack withPastJob(Reading reading) {
        LastJob past = reading.pastJob();
        return past == null || isKnown(past) ? this : new JobTrack(running, phase, EndedPrint.of(past), past);
    }

    private boolean isKnown(LastJob past) {
        LastJob known = last;
        if (known == null) {
            return false;
        }
        if (known.id() != null && past.id() != null && known.id().equals(past.id())) {
            return true;
        }
        Instant knownEnd = known.endedAt();
        Instant end = past.endedAt();
        if (knownEnd == null || end == null) {
            return Objects.equals(known.file(), past.file());
        }
        return !end.isAfter(knownEnd.plus(SAME_END));
    }

    private static boolean isProven(@Nullable LastJob last) {
        return last != null && last.result() != JobResult.UNKNOWN;
    }

    /** Printers describe an ended print incompletely; what is missing is taken from the last description. */
    private static Job lastDescription(Job ran, Reading after, JobResult result) {
        Job described = after.job() == null ? ran : after.job().completedFrom(ran);
        return result == JobResult.FINISHED ? described.asFinished() : described;
    }

    private static PrinterEvent.Type endEvent(JobResult result) {
        return switch (result) {
            case FINISHED -> PrinterEvent.Type.PRINT_FINISHED;
            case CANCELLED -> PrinterEvent.Type.PRINT_CANCELLED;
            case FAILED -> PrinterEvent.Type.PRINT_FAILED;
            case UNKNOWN -> throw new IllegalArgumentException("an end with unknown result is no event");
        };
    }

    /**
     * The print that ended last, to distinguish a printer that still names it from one that prints it again. Printers repeat
     * ids and people repeat files, so the start decides: a print that started before the end was seen is not new.
     *
     * @param job as last described
     * @param at when the end was noticed; null if unknown, as after a restart of the bridge
     * @param announced whether its end was proven, after which it cannot end again
     */
    record EndedPrint(Job job, @Nullable Instant at, boolean announced) {
        /** Elapsed times are whole seconds, rounded up or down. */
        private static final Duration ROUNDING = Duration.ofSeconds(1);

        static EndedPrint of(LastJob last) {
            return new EndedPrint(PrintEvidence.describe(last), last.endedAt(), last.result() != JobResult.UNKNOWN);
        }

        boolean isShownAgainAs(Job now, Instant seenAt) {
            if (at == null || !job.continuesAs(now)) {
                return false;
            }
            if (now.elapsed() == null) {
                return job.id() != null && job.id().equals(now.id());
            }
            // If the wall clock was set back, treat it as a new print rather than miss one.
            return !seenAt.isBefore(at) && seenAt.minusSeconds(now.elapsed()).isBefore(at.minus(ROUNDING));
        }
    }
}
