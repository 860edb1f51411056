package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.printer.EventType;
import io.github.printer2mqtt.printer.Job;
import io.github.printer2mqtt.printer.JobResult;
import io.github.printer2mqtt.printer.LastJob;
import io.github.printer2mqtt.printer.PrinterState;
import io.github.printer2mqtt.printer.Reading;
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
 * <p>The rules are those of the contract, "Jobs and events". A print is followed from the reading that shows it until one
 * that ends it; busy and attention in between end nothing, even where the printer does not name the job then. An event
 * needs two readings of one session; {@link #resumed} is for the first of a session, which tells nothing.
 *
 * @param running the print that runs, as last described; null if none does
 * @param phase how far {@code running} was told
 * @param endedId the printer's id of the job that ended last, which cannot end again; null if it had none
 * @param last the print before; null if none has ended yet
 */
record JobTrack(
        @Nullable Job running,
        Phase phase,
        @Nullable String endedId,
        @Nullable LastJob last) {
    /** How far a printer's clock and ours may say that one print ended apart. */
    private static final Duration SAME_END = Duration.ofMinutes(1);

    /** How far a running print was told. */
    enum Phase {
        /** It was seen, but not yet preparing or printing. */
        ANNOUNCED,
        STARTED,
        PAUSED
    }

    /** A happening between two readings, with the print it is about as last described. */
    record Edge(EventType type, @Nullable Job job) {}

    /** What a reading made of a track. */
    record Step(JobTrack track, List<Edge> edges) {}

    static JobTrack of(JobLedger.Memory memory) {
        LastJob last = memory.last();
        return new JobTrack(memory.running(), Phase.STARTED, last == null ? null : last.id(), last);
    }

    static JobTrack empty() {
        return new JobTrack(null, Phase.STARTED, null, null);
    }

    /** What the first reading of a session says of the print that ran when we last looked. No events. */
    JobTrack resumed(Reading first) {
        Job now = activeJob(first);
        Phase asFound = first.state() == PrinterState.PAUSED ? Phase.PAUSED : Phase.STARTED;
        if (running == null) {
            return now == null ? withUnseenResult(first, null).withPastJob(first) : begun(now, asFound);
        }
        if (now != null) {
            return running.continuesAs(now)
                    ? with(now.filledFrom(running), asFound)
                    : ended(running, JobResult.UNKNOWN, null).begun(now, asFound);
        }
        if (saysNothing(first)) {
            return this;
        }
        JobResult stated = statedAfterAGap(first);
        if (stated != null && isAbout(running, first.job())) {
            return ended(running, stated, null);
        }
        LastJob past = first.pastJob();
        return past != null && isAbout(running, past)
                ? ended(running, past.result(), past.endedAt())
                : ended(running, JobResult.UNKNOWN, null).withUnseenResult(first, null);
    }

    /** What happened between two readings of one session. */
    Step step(PrinterState before, Reading after, Instant at) {
        List<Edge> edges = new ArrayList<>(2);
        if (before == PrinterState.ATTENTION && after.state() != PrinterState.ATTENTION) {
            edges.add(new Edge(EventType.ATTENTION_CLEARED, running));
        }
        JobTrack next = running == null ? withoutRunning(after, at, edges) : withRunning(after, at, edges);
        if (after.state() == PrinterState.ATTENTION && before != PrinterState.ATTENTION) {
            edges.add(new Edge(EventType.ATTENTION, next.running));
        }
        return new Step(next, List.copyOf(edges));
    }

    private JobTrack withoutRunning(Reading after, Instant at, List<Edge> edges) {
        Job now = activeJob(after);
        if (now != null) {
            return begun(now, Phase.ANNOUNCED).told(after.state(), edges);
        }
        // A print that began and ended between two polls: nobody saw it run, so there is no event.
        return withUnseenResult(after, at).withPastJob(after);
    }

    private JobTrack withRunning(Reading after, Instant at, List<Edge> edges) {
        Job ran = Objects.requireNonNull(running);
        Job now = activeJob(after);
        if (now != null) {
            return ran.continuesAs(now)
                    ? with(now.filledFrom(ran), phase).told(after.state(), edges)
                    : ended(ran, JobResult.UNKNOWN, at)
                            .begun(now, Phase.ANNOUNCED)
                            .told(after.state(), edges);
        }
        if (saysNothing(after)) {
            return this;
        }
        JobResult stated = stated(after);
        LastJob past = after.pastJob();
        if (stated == null && past != null && past.result() != JobResult.UNKNOWN && isAbout(ran, past)) {
            stated = past.result();
        }
        if (stated == null) {
            return ended(ran, JobResult.UNKNOWN, at);
        }
        if (!isAbout(ran, after.job())) {
            return ended(ran, JobResult.UNKNOWN, at).withUnseenResult(after, at);
        }
        edges.add(new Edge(endEvent(stated), lastDescription(ran, after)));
        return ended(ran, stated, at);
    }

    /** Tells what the state says of the running print that was not told yet. */
    private JobTrack told(PrinterState state, List<Edge> edges) {
        if (running == null) {
            return this;
        }
        boolean moves = state == PrinterState.PRINTING || state == PrinterState.PREPARING;
        if (phase == Phase.ANNOUNCED && moves) {
            edges.add(new Edge(EventType.PRINT_STARTED, running));
            return with(running, Phase.STARTED);
        }
        if (phase == Phase.PAUSED && moves) {
            edges.add(new Edge(EventType.PRINT_RESUMED, running));
            return with(running, Phase.STARTED);
        }
        if (phase != Phase.PAUSED && state == PrinterState.PAUSED) {
            edges.add(new Edge(EventType.PRINT_PAUSED, running));
            return with(running, Phase.PAUSED);
        }
        return this;
    }

    /** Follows a print from now on, unless the printer goes on naming one whose end was told. */
    private JobTrack begun(Job job, Phase newPhase) {
        boolean endedAlready = endedId != null && endedId.equals(job.id());
        return endedAlready ? this : with(job, newPhase);
    }

    private JobTrack with(@Nullable Job job, Phase newPhase) {
        return new JobTrack(job, newPhase, endedId, last);
    }

    private JobTrack ended(Job job, JobResult result, @Nullable Instant at) {
        return new JobTrack(null, Phase.STARTED, job.id(), new LastJob(job.id(), job.file(), result, at));
    }

    /** Takes over a result that the printer states for a print which nobody saw run. */
    private JobTrack withUnseenResult(Reading reading, @Nullable Instant at) {
        JobResult stated = statedAfterAGap(reading);
        boolean isJobEnd = stated == JobResult.FINISHED || stated == JobResult.CANCELLED;
        Job job = reading.job();
        if (!isJobEnd || job == null || isSame(last, job)) {
            return this;
        }
        return ended(job, Objects.requireNonNull(stated), at);
    }

    /** Takes over what the printer's history says of a print that ended after the one known. */
    private JobTrack withPastJob(Reading reading) {
        LastJob past = reading.pastJob();
        return past == null || isKnown(past) ? this : new JobTrack(running, phase, past.id(), past);
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

    private static boolean isAbout(Job ran, LastJob past) {
        return isAbout(ran, new Job(past.id(), past.file(), null, null, null, null, null));
    }

    private static boolean isSame(@Nullable LastJob last, Job job) {
        if (last == null) {
            return false;
        }
        if (last.id() != null && job.id() != null) {
            return last.id().equals(job.id());
        }
        return Objects.equals(last.file(), job.file());
    }

    /** The print that a reading shows as not over; null if it shows none. */
    private static @Nullable Job activeJob(Reading reading) {
        return switch (reading.state()) {
            case PREPARING, PRINTING, PAUSED -> reading.job() == null ? nameless() : reading.job();
            case BUSY, ATTENTION -> reading.job();
            case IDLE, FINISHED, CANCELLED, ERROR, OFFLINE, UNKNOWN -> null;
        };
    }

    private static Job nameless() {
        return new Job(null, null, null, null, null, null, null);
    }

    /** Whether a reading neither shows a print nor that there is none. */
    private static boolean saysNothing(Reading reading) {
        return switch (reading.state()) {
            case BUSY, ATTENTION, UNKNOWN -> true;
            case IDLE, PREPARING, PRINTING, PAUSED, FINISHED, CANCELLED, ERROR, OFFLINE -> false;
        };
    }

    private static @Nullable JobResult stated(Reading reading) {
        return switch (reading.state()) {
            case FINISHED -> JobResult.FINISHED;
            case CANCELLED -> JobResult.CANCELLED;
            case ERROR -> JobResult.FAILED;
            case IDLE -> reading.outcome();
            case PREPARING, PRINTING, PAUSED, ATTENTION, BUSY, OFFLINE, UNKNOWN -> null;
        };
    }

    /** After a gap an error says how a print ended only if the printer names the print: it may have come later. */
    private static @Nullable JobResult statedAfterAGap(Reading reading) {
        return reading.state() == PrinterState.ERROR && reading.job() == null ? null : stated(reading);
    }

    private static boolean isAbout(Job ran, @Nullable Job named) {
        if (named == null) {
            return true;
        }
        if (ran.id() != null && named.id() != null) {
            return ran.id().equals(named.id());
        }
        return ran.file() == null || named.file() == null || ran.file().equals(named.file());
    }

    private static Job lastDescription(Job ran, Reading after) {
        return after.job() == null ? ran : after.job().filledFrom(ran);
    }

    private static EventType endEvent(JobResult result) {
        return switch (result) {
            case FINISHED -> EventType.PRINT_FINISHED;
            case CANCELLED -> EventType.PRINT_CANCELLED;
            case FAILED -> EventType.PRINT_FAILED;
            case UNKNOWN -> throw new IllegalArgumentException("an end that nobody saw is no event");
        };
    }
}
