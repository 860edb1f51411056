package io.github.printer2mqtt.persistence;

import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.HistoryRepository.EndedJob;
import io.github.printer2mqtt.persistence.HistoryRepository.StateChange;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The stored history. Futures fail with a {@link DatabaseException}. */
public interface HistoryArchive {
    /** What an entry is about. */
    enum Kind implements WireConstant {
        /** Prints that ended. */
        JOBS,
        /** Changes of state. */
        STATES
    }

    /**
     * Which entries are wanted.
     *
     * @param printer null for all, removed ones included
     * @param group of the printer at the time of the entry; null for all
     * @param from entries of this time and later; null for no limit
     * @param to entries before this time; null for no limit
     * @param results of prints; empty for all
     */
    record Filter(
            @Nullable PrinterId printer,
            @Nullable String group,
            @Nullable Instant from,
            @Nullable Instant to,
            Set<JobResult> results) {
        public Filter {
            results = Set.copyOf(results);
        }
    }

    /**
     * One page, the newest entries first.
     *
     * @param cursor the page begins after the entry with this id; null for the newest entries
     * @param limit entries at most
     */
    record Page(Filter filter, @Nullable Long cursor, int limit) {}

    /** @param id unique for ever, and higher than those of the prints recorded before */
    record StoredJob(long id, EndedJob job) {}

    /** @param id unique for ever, and higher than those of the changes recorded before */
    record StoredState(long id, StateChange change) {}

    /**
     * The prints of one printer in a period.
     *
     * @param name as in its newest entry
     * @param group as in its newest entry
     * @param jobs those that ended in the period
     * @param printed seconds of printing in the period, those of prints that ended later included
     */
    record Totals(PrinterId printer, String name, @Nullable String group, Map<JobResult, Integer> jobs, long printed) {
        public Totals {
            jobs = Map.copyOf(jobs);
        }
    }

    Future<List<StoredJob>> jobs(Page page);

    Future<List<StoredState>> states(Page page);

    /** Of each printer that printed in a period, from a moment up to another. */
    Future<List<Totals>> totals(Instant from, Instant to);

    /** Since when the entries that are kept are complete; empty if there are none. */
    Future<Optional<Instant>> recordedSince();

    /**
     * Removes some entries that are too old or too many, in one short transaction.
     *
     * @param before entries of an earlier time are too old
     * @param rows the newest entries that may stay
     * @return whether more may be left to remove
     */
    Future<Boolean> removeExpired(Kind kind, Instant before, int rows);
}
