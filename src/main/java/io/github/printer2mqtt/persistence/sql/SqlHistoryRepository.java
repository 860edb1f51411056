package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.HistoryRepository;
import io.prometheus.metrics.core.metrics.Counter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Writes the history in the background. Thread-safe. */
public final class SqlHistoryRepository implements HistoryRepository {
    /** Prints that wait for the database: ten days of a hundred printers. */
    private static final int MAX_JOBS = 10_000;

    private static final int MAX_STATES = 20_000;

    /** A state that is not stored yet can be lost, so waiting for others costs little and spares the disk. */
    private static final Duration STATES_DELAY = Duration.ofSeconds(10);

    private static final WriteBehindQueue.Table<PrinterId, Print> PRINTS = new WriteBehindQueue.Table<>(
            "running prints",
            "INSERT INTO print (printer, first_seen, started) SELECT id, ?, ? FROM printer WHERE id = ?"
                    + " ON CONFLICT (printer) DO UPDATE SET first_seen = excluded.first_seen, started = excluded.started",
            (printer, print) ->
                    Tuple.of(print.firstSeenAt().toEpochMilli(), millis(print.startedAt()), printer.value()),
            "DELETE FROM print WHERE printer = ?",
            printer -> Tuple.of(printer.value()));

    /** An entry with a proven result stays as it is, also if its end is seen again after the bridge was killed. */
    private static final WriteBehindQueue.Table<Long, EndedJob> JOBS = WriteBehindQueue.Table.appendOnly(
            "ended prints",
            "INSERT INTO job_history (printer, name, printer_group, first_seen, started, ended, recorded, at, job_id, file,"
                    + " result, progress, duration, filament) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT (printer, first_seen) DO UPDATE SET name = excluded.name,"
                    + " printer_group = excluded.printer_group, ended = excluded.ended, recorded = excluded.recorded,"
                    + " at = excluded.at, job_id = excluded.job_id, file = excluded.file, result = excluded.result,"
                    + " progress = excluded.progress, duration = excluded.duration, filament = excluded.filament"
                    + " WHERE job_history.result = 'unknown'",
            SqlHistoryRepository::values);

    private static final WriteBehindQueue.Table<Long, StateChange> STATES = WriteBehindQueue.Table.appendOnly(
            "changes of state",
            "INSERT INTO state_history (printer, name, printer_group, at, from_state, to_state, reason)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)",
            SqlHistoryRepository::values);

    private final Database database;
    private final WriteBehindQueue<PrinterId, Print> prints;
    private final WriteBehindQueue<Long, EndedJob> jobs;
    private final WriteBehindQueue<Long, StateChange> states;
    private final AtomicLong keys = new AtomicLong();
    private final Counter dropped;

    public SqlHistoryRepository(Vertx vertx, Database database, MetricsRegistry metricsRegistry) {
        this.database = database;
        this.prints = new WriteBehindQueue<>(vertx, database, PRINTS);
        this.jobs = new WriteBehindQueue<>(vertx, database, JOBS, new WriteBehindQueue.Limits(MAX_JOBS, Duration.ZERO));
        this.states =
                new WriteBehindQueue<>(vertx, database, STATES, new WriteBehindQueue.Limits(MAX_STATES, STATES_DELAY));
        this.dropped = Counter.builder()
                .name("printer2mqtt_history_dropped_total")
                .help("Entries of the history lost because the database accepted nothing for too long, by kind")
                .labelNames("kind")
                .register(metricsRegistry.prometheus());
        dropped.labelValues("jobs");
        dropped.labelValues("states");
    }

    /** The print of each printer that ran or ended last before this start. */
    public Future<Map<PrinterId, Print>> load() {
        return database.query("SELECT printer, first_seen, started FROM print", Tuple.tuple())
                .map(SqlHistoryRepository::prints);
    }

    /** Writes everything that waits; fails with a {@link DatabaseException} if the database does not accept it. */
    public Future<Void> flush() {
        return Future.join(prints.flush(), jobs.flush(), states.flush()).mapEmpty();
    }

    @Override
    public void savePrint(PrinterId printer, Print print) {
        prints.save(printer, print);
    }

    @Override
    public void add(EndedJob job) {
        if (!jobs.save(keys.incrementAndGet(), job)) {
            dropped.labelValues("jobs").inc();
        }
    }

    @Override
    public void add(StateChange change) {
        if (!states.save(keys.incrementAndGet(), change)) {
            dropped.labelValues("states").inc();
        }
    }

    @Override
    public void remove(PrinterId printer) {
        prints.delete(printer);
    }

    private static Map<PrinterId, Print> prints(List<Row> rows) {
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

    private static Tuple values(StateChange change) {
        return Tuple.from(new Object[] {
            change.printer().value(),
            change.name(),
            change.group(),
            change.at().toEpochMilli(),
            change.from().wireName(),
            change.to().wireName(),
            change.reason() == null ? null : change.reason().wireName()
        });
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
