package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.HistoryRepository.EndedJob;
import io.github.printer2mqtt.persistence.HistoryRepository.Print;
import io.github.printer2mqtt.persistence.JobRepository.StoredJobs;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the jobs of printers and their prints that ended are stored: in one transaction, so that they never contradict each
 * other.
 *
 * @param dropped is called with the number of ended prints that are given up, because a printer has too many unsaved ones
 */
record UnsavedSteps(IntConsumer dropped) implements WriteBehindQueue.Content<PrinterId, UnsavedSteps.Unsaved> {
    /** Ended prints of one printer that wait for the database: ten days of a busy printer. */
    static final int MAX_ENDED = 100;

    /**
     * What is not stored yet of one printer.
     *
     * @param jobs null if the printer was removed
     * @param print null if it is as stored
     * @param ended prints that ended, in the order of their ends
     */
    record Unsaved(@Nullable StoredJobs jobs, @Nullable Print print, List<EndedJob> ended) {
        static Unsaved removed() {
            return new Unsaved(null, null, List.of());
        }
    }

    /** Selects from {@code printer} so that a late write does not bring back a removed printer's jobs. */
    private static final String SAVE_JOBS =
            "INSERT INTO job (printer, running, last) SELECT id, ?, ? FROM printer WHERE id = ?"
                    + " ON CONFLICT (printer) DO UPDATE SET running = excluded.running, last = excluded.last";

    private static final String SAVE_PRINT =
            "INSERT INTO print (printer, first_seen, started) SELECT id, ?, ? FROM printer WHERE id = ?"
                    + " ON CONFLICT (printer) DO UPDATE SET first_seen = excluded.first_seen, started = excluded.started";

    /** An entry with a proven result stays as it is, also if its end is seen again. */
    private static final String ADD_ENDED =
            "INSERT INTO job_history (printer, name, printer_group, first_seen, started, ended, recorded, at, job_id, file,"
                    + " result, progress, duration, filament) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT (printer, first_seen) DO UPDATE SET name = excluded.name,"
                    + " printer_group = excluded.printer_group, ended = excluded.ended, recorded = excluded.recorded,"
                    + " at = excluded.at, job_id = excluded.job_id, file = excluded.file, result = excluded.result,"
                    + " progress = excluded.progress, duration = excluded.duration, filament = excluded.filament"
                    + " WHERE job_history.result = 'unknown'";

    @Override
    public String name() {
        return "jobs";
    }

    @Override
    public List<Statement> statements(Map<PrinterId, @Nullable Unsaved> batch) {
        List<Tuple> ended = new ArrayList<>();
        List<Tuple> prints = new ArrayList<>();
        List<Tuple> jobs = new ArrayList<>();
        List<Tuple> removed = new ArrayList<>();
        batch.forEach((printer, unsaved) -> {
            if (unsaved == null) {
                return;
            }
            unsaved.ended().forEach(job -> ended.add(values(job)));
            if (unsaved.print() != null) {
                prints.add(Tuple.of(
                        unsaved.print().firstSeenAt().toEpochMilli(),
                        millis(unsaved.print().startedAt()),
                        printer.value()));
            }
            if (unsaved.jobs() == null) {
                removed.add(Tuple.of(printer.value()));
            } else {
                jobs.add(Tuple.of(
                        JobJson.encode(unsaved.jobs().running()),
                        JobJson.encode(unsaved.jobs().last()),
                        printer.value()));
            }
        });
        return List.of(
                new Statement(ADD_ENDED, ended),
                new Statement(SAVE_PRINT, prints),
                new Statement(SAVE_JOBS, jobs),
                new Statement("DELETE FROM job WHERE printer = ?", removed),
                new Statement("DELETE FROM print WHERE printer = ?", removed));
    }

    @Override
    public @Nullable Unsaved merged(@Nullable Unsaved older, @Nullable Unsaved newer) {
        if (older == null || newer == null) {
            return newer;
        }
        List<EndedJob> ended = Stream.concat(older.ended().stream(), newer.ended().stream())
                .limit(MAX_ENDED)
                .toList();
        int surplus = older.ended().size() + newer.ended().size() - ended.size();
        if (surplus > 0) {
            dropped.accept(surplus);
        }
        boolean isSamePrint = newer.jobs() != null && newer.print() == null;
        return new Unsaved(newer.jobs(), isSamePrint ? older.print() : newer.print(), ended);
    }

    /** The prints of the rows {@code printer, first_seen, started}. */
    static Map<PrinterId, Print> prints(List<Row> rows) {
        Map<PrinterId, Print> prints = new HashMap<>();
        for (Row row : rows) {
            Long started = row.getLong("started");
            prints.put(
                    new PrinterId(row.getString("printer")),
                    new Print(
                            Instant.ofEpochMilli(row.getLong("first_seen")),
                            started == null ? null : Instant.ofEpochMilli(started)));
        }
        return prints;
    }

    private static Tuple values(EndedJob job) {
        Instant at = job.endedAt() == null ? job.recordedAt() : job.endedAt();
        return Tuple.from(new Object[] {
            job.printer().value(),
            job.name(),
            job.group(),
            job.print().firstSeenAt().toEpochMilli(),
            millis(job.print().startedAt()),
            millis(job.endedAt()),
            job.recordedAt().toEpochMilli(),
            at.toEpochMilli(),
            job.jobId(),
            job.file(),
            job.result().wireName(),
            job.progress(),
            job.duration(),
            job.filament()
        });
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
