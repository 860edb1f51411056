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
 * One printer's prints as far as readings prove them: which runs, which ended last. Immutable; each reading makes the next
 * track and the happenings between the two.
 *
 * <p>The rules are in docs/reference/status.md, "Jobs". A print is followed from the reading that shows it until one
 * that ends it; busy and attention in between end nothing, even where the printer does not name the job then. An event
 * needs two readings of one session; {@link #resumed} is for the first of a session, which tells nothing.
 *
 * @param running the print that runs, as last described; null if none does
 * @param phase how far {@code running} was told
 * @param ended the print that ended last, which cannot end again; null if none has ended yet
 * @param last the print before; null if none has ended yet
 */
record JobTrack(
        @Nullable Job running,
        Phase phase,
        @Nullable EndedPrint ended,
        @Nullable LastJob last) {
    /** How far a printer's clock and ours may say that one print ended apart. */
    private static final Duration SAME_END = Duration.ofMinutes(1);

    /** How far a running print was told. */
    enum Phase {
        /** It ran before this session, whose readings have not said anything of it yet. */
        UNSEEN,
        /** It was seen, but not yet preparing or printing. */
        ANNOUNCED,
        STARTED,
        PAUSED
    }

    /** A happening between two readings, with the print it is about as last described. */
    record Edge(PrinterEvent.Type type, @Nullable Job job) {}

    /** What a reading made of a track. */
    record Step(JobTrack track, List<Edge> edges) {}

    static JobTrack of(JobRepository.StoredJobs memory) {
        LastJob last = memory.last();
        return new JobTrack(memory.running(), Phase.STARTED, last == null ? null : EndedPrint.of(last), last);
    }

    static JobTrack empty() {
        return new JobTrack(null, Phase.STARTED, null, null);
    }

    /** What the first reading of a session that says anything says of the print that ran before it. No events. */
    JobTrack resumed(Reading first, Instant at) {
        Job now = PrintEvidence.activeJob(first);
        Phase asFound = first.state() == PrinterState.PAUSED ? Phase.PAUSED : Phase.STARTED;
        if (running == null) {
            return now == null ? withUnseenResult(first, null, at).withPastJob(first) : begun(now, asFound, at);
        }
        if (now != null) {
            return running.continuesAs(now)
                    ? with(now.filledFrom(running), asFound)
                    : ended(running, JobResult.UNKNOWN, null, at).begun(now, asFound, at);
        }
        if (PrintEvidence.saysNothing(first)) {
            return with(running, Phase.UNSEEN);
        }
        JobResult stated = PrintEvidence.statedAfterAGap(first);
        if (stated != null && PrintEvidence.isAbout(running, first.job())) {
            return ended(running, stated, null, at);
        }
        LastJob past = first.pastJob();
        return past != null && PrintEvidence.isAbout(running, past)
                ? ended(running, past.result(), past.endedAt(), at)
                : ended(running, JobResult.UNKNOWN, null, at).withUnseenResult(first, null, at);
    }

    /** What happened between two readings of one session. */
    Step step(PrinterState before, Reading after, Instant at) {
        List<Edge> edges = new ArrayList<>(2);
        if (before == PrinterState.ATTENTION && after.state() != PrinterState.ATTENTION) {
            edges.add(new Edge(PrinterEvent.Type.ATTENTION_CLEARED, running));
        }
        JobTrack next = running == null
                ? withoutRunning(after, at, edges)
                : phase == Phase.UNSEEN ? resumed(after, at) : withRunning(after, at, edges);
        if (after.state() == PrinterState.ATTENTION && before != PrinterState.ATTENTION) {
            edges.add(new Edge(PrinterEvent.Type.ATTENTION, next.running));
        }
        return new Step(next, List.copyOf(edges));
    }

    private JobTrack withoutRunning(Reading after, Instant at, List<Edge> edges) {
        Job now = PrintEvidence.activeJob(after);
        if (now != null) {
            return begun(now, Phase.ANNOUNCED, at).told(after.state(), edges);
        }
        // A print that began and ended between two polls: nobody saw it run, so there is no event.
        return withUnseenResult(after, at, at).withPastJob(after);
    }

    private JobTrack withRunning(Reading after, Instant at, List<Edge> edges) {
        Job ran = Objects.requireNonNull(running);
        Job now = PrintEvidence.activeJob(after);
        if (now != null) {
            return ran.continuesAs(now)
                    ? with(now.filledFrom(ran), phase).told(after.state(), edges)
                    : ended(ran, JobResult.UNKNOWN, at, at)
                            .begun(now, Phase.ANNOUNCED, at)
                            .told(after.state(), edges);
        }
        if (PrintEvidence.saysNothing(after)) {
            return this;
        }
        JobResult stated = PrintEvidence.stated(after);
        LastJob past = after.pastJob();
        if (stated == null && past != null && past.result() != JobResult.UNKNOWN && PrintEvidence.isAbout(ran, past)) {
            stated = past.result();
        }
        if (stated == null) {
            return ended(ran, JobResult.UNKNOWN, at, at);
        }
        if (!PrintEvidence.isAbout(ran, after.job())) {
            return ended(ran, JobResult.UNKNOWN, at, at).withUnseenResult(after, at, at);
        }
        Job end = lastDescription(ran, after, stated);
        edges.add(new Edge(endEvent(stated), end));
        return ended(end, stated, at, at);
    }

    /** Tells what the state says of the running print that was not told yet. */
    private JobTrack told(PrinterState state, List<Edge> edges) {
        if (running == null) {
            return this;
        }
        boolean moves = state == PrinterState.PRINTING || state == PrinterState.PREPARING;
        if (phase == Phase.ANNOUNCED && moves) {
            edges.add(new Edge(PrinterEvent.Type.PRINT_STARTED, running));
            return with(running, Phase.STARTED);
        }
        if (phase == Phase.PAUSED && moves) {
            edges.add(new Edge(PrinterEvent.Type.PRINT_RESUMED, running));
            return with(running, Phase.STARTED);
        }
        if (phase != Phase.PAUSED && state == PrinterState.PAUSED) {
            edges.add(new Edge(PrinterEvent.Type.PRINT_PAUSED, running));
            return with(running, Phase.PAUSED);
        }
        return this;
    }

    /** Follows a print from now on, unless the printer goes on naming one whose end was told. */
    private JobTrack begun(Job job, Phase newPhase, Instant at) {
        EndedPrint before = ended;
        if (before == null || !before.isShownAgainAs(job, at)) {
            return with(job, newPhase);
        }
        // An end that was never proven was none; its start is not told twice.
        return before.told()
                ? this
                : with(job.filledFrom(before.job()), newPhase == Phase.ANNOUNCED ? Phase.STARTED : newPhase);
    }

    private JobTrack with(@Nullable Job job, Phase newPhase) {
        return new JobTrack(job, newPhase, ended, last);
    }

    /** @param at when it ended; null if nobody looked then */
    private static JobTrack ended(Job job, JobResult result, @Nullable Instant at, Instant noticedAt) {
        EndedPrint now = new EndedPrint(job, noticedAt, result != JobResult.UNKNOWN);
        return new JobTrack(null, Phase.STARTED, now, new LastJob(job.id(), job.file(), result, at));
    }

    /** Takes over a result that the printer states for a print which nobody saw run. */
    private JobTrack withUnseenResult(Reading reading, @Nullable Instant at, Instant noticedAt) {
        JobResult stated = PrintEvidence.statedAfterAGap(reading);
        boolean isJobEnd = stated == JobResult.FINISHED || stated == JobResult.CANCELLED;
        Job job = reading.job();
        if (!isJobEnd || job == null || (PrintEvidence.isSame(last, job) && isProven(last))) {
            return this;
        }
        return ended(job, Objects.requireNonNull(stated), at, noticedAt);
    }

    /** Takes over what the printer's history says of a print that ended after the one known. */
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

    /** Printers say little of a print that is over: what they leave out is as it was before. */
    private static Job lastDescription(Job ran, Reading after, JobResult result) {
        Job described = after.job() == null ? ran : after.job().completedFrom(ran);
        return result == JobResult.FINISHED ? described.asFinished() : described;
    }

    private static PrinterEvent.Type endEvent(JobResult result) {
        return switch (result) {
            case FINISHED -> PrinterEvent.Type.PRINT_FINISHED;
            case CANCELLED -> PrinterEvent.Type.PRINT_CANCELLED;
            case FAILED -> PrinterEvent.Type.PRINT_FAILED;
            case UNKNOWN -> throw new IllegalArgumentException("an end that nobody saw is no event");
        };
    }

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
}
