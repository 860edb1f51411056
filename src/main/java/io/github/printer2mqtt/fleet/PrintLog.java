package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.persistence.HistoryRepository.Print;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which prints of one printer ended between two of its {@link JobTrack}s, for the history. It adds no conclusion of its own:
 * every result is the one of the track. Pure.
 *
 * @param print the running one or, if none runs, the one that ended last; null if none is known
 * @param ended the prints that ended in this step, in order; at most two, because a reading may state the result of another
 *     print than the one that ran
 */
record PrintLog(@Nullable Print print, List<Ended> ended) {
    /**
     * A print that ended.
     *
     * @param job as last described
     * @param last its result and the time of its end
     */
    record Ended(Print print, Job job, LastJob last) {}

    /**
     * The log of one step.
     *
     * @param known the print of the step before; null if none is known
     * @param seenAt when the later track was observed if the step was seen; null for the first reading of a session
     * @param at when the later track was observed
     */
    static PrintLog of(@Nullable Print known, JobTrack before, JobTrack after, @Nullable Instant seenAt, Instant at) {
        Job ran = before.running();
        Job runs = after.running();
        if (ran != null && runs != null && ran.continuesAs(runs)) {
            return new PrintLog(known == null ? new Print(at, null) : known, List.of());
        }
        List<Ended> ended = new ArrayList<>(0);
        Print print = known;
        if (ran != null) {
            // A running print that was stored without its identity must not share the one of a print seen now.
            Print ofRan = known == null ? new Print(at.minusMillis(1), null) : known;
            print = ofRan;
            JobTrack.EndedPrint end = Objects.requireNonNull(after.ended());
            if (end.job().isNamedLike(ran)) {
                ended.add(new Ended(ofRan, end.job(), Objects.requireNonNull(after.last())));
            } else {
                ended.add(new Ended(ofRan, ran, new LastJob(ran.id(), ran.file(), JobResult.UNKNOWN, seenAt)));
                print = unseen(after, at, ended);
            }
        } else if (after.ended() != null && !after.ended().equals(before.ended())) {
            print = correctsLast(known, before, after)
                    ? addEnd(Objects.requireNonNull(known), after, ended)
                    : unseen(after, at, ended);
        }
        if (runs != null) {
            boolean isRevoked = ran == null && known != null && before.knows(runs, at);
            print = isRevoked ? known : new Print(at, seenAt);
        }
        return new PrintLog(print, ended);
    }

    private static Print unseen(JobTrack after, Instant at, List<Ended> ended) {
        return addEnd(new Print(at, null), after, ended);
    }

    private static Print addEnd(Print print, JobTrack after, List<Ended> ended) {
        Job job = Objects.requireNonNull(after.ended()).job();
        ended.add(new Ended(print, job, Objects.requireNonNull(after.last())));
        return print;
    }

    /** Whether the result of the print that ended last, unknown until now, became known. */
    private static boolean correctsLast(@Nullable Print known, JobTrack before, JobTrack after) {
        return known != null
                && before.ended() != null
                && !before.ended().announced()
                && before.ended()
                        .job()
                        .isNamedLike(Objects.requireNonNull(after.ended()).job());
    }
}
