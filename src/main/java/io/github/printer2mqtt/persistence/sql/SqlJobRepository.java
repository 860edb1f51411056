package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.JobRepository;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Running and last jobs in SQL, saved in the background. Thread-safe. */
public final class SqlJobRepository implements JobRepository {
    private static final Logger LOG = LoggerFactory.getLogger(SqlJobRepository.class);

    /** How much progress a killed bridge may lose; a restart recognises a new print of the same file by its elapsed time. */
    private static final long PROGRESS_SECONDS = 600;

    /** Selects from {@code printer} so that a late write does not bring back a removed printer's jobs. */
    private static final WriteBehindQueue.Table<PrinterId, StoredJobs> TABLE = new WriteBehindQueue.Table<>(
            "jobs",
            "INSERT INTO job (printer, running, last) SELECT id, ?, ? FROM printer WHERE id = ?"
                    + " ON CONFLICT (printer) DO UPDATE SET running = excluded.running, last = excluded.last",
            (printer, jobs) -> Tuple.of(JobJson.encode(jobs.running()), JobJson.encode(jobs.last()), printer.value()),
            "DELETE FROM job WHERE printer = ?",
            printer -> Tuple.of(printer.value()));

    private final Database database;
    private final WriteBehindQueue<PrinterId, StoredJobs> queue;
    private final Map<PrinterId, StoredJobs> current = new HashMap<>();
    private final Map<PrinterId, Long> savedElapsed = new HashMap<>();

    public SqlJobRepository(Vertx vertx, Database database) {
        this.database = database;
        this.queue = new WriteBehindQueue<>(vertx, database, TABLE);
    }

    /** The jobs saved before this start. */
    public Future<Map<PrinterId, StoredJobs>> load() {
        return database.query("SELECT printer, running, last FROM job", Tuple.tuple())
                .map(this::onLoaded);
    }

    /** Saves everything, progress included; fails with a {@link DatabaseException} if the database does not accept it. */
    public synchronized Future<Void> flush() {
        current.forEach((printer, jobs) -> {
            if (unsavedProgress(printer, jobs.running()) > 0) {
                save(printer, jobs);
            }
        });
        return queue.flush();
    }

    @Override
    public synchronized void saveRunning(PrinterId printer, Job job) {
        save(printer, withRunning(printer, job));
    }

    @Override
    public synchronized void saveProgress(PrinterId printer, Job job) {
        StoredJobs jobs = withRunning(printer, job);
        if (unsavedProgress(printer, job) >= PROGRESS_SECONDS) {
            save(printer, jobs);
        }
    }

    @Override
    public synchronized void saveEnded(PrinterId printer, LastJob last) {
        StoredJobs jobs = new StoredJobs(null, last);
        current.put(printer, jobs);
        save(printer, jobs);
    }

    @Override
    public synchronized void remove(PrinterId printer) {
        current.remove(printer);
        savedElapsed.remove(printer);
        queue.delete(printer);
    }

    private StoredJobs withRunning(PrinterId printer, Job job) {
        StoredJobs before = current.get(printer);
        StoredJobs jobs = new StoredJobs(job, before == null ? null : before.last());
        current.put(printer, jobs);
        return jobs;
    }

    /** Seconds of printing since the job was last saved. */
    private long unsavedProgress(PrinterId printer, @Nullable Job running) {
        Long elapsed = running == null ? null : running.elapsed();
        return elapsed == null ? 0 : elapsed - savedElapsed.getOrDefault(printer, 0L);
    }

    private void save(PrinterId printer, StoredJobs jobs) {
        Job running = jobs.running();
        if (running == null || running.elapsed() == null) {
            savedElapsed.remove(printer);
        } else {
            savedElapsed.put(printer, running.elapsed());
        }
        queue.save(printer, jobs);
    }

    private synchronized Map<PrinterId, StoredJobs> onLoaded(List<Row> rows) {
        Map<PrinterId, StoredJobs> loaded = new HashMap<>();
        for (Row row : rows) {
            try {
                StoredJobs jobs =
                        new StoredJobs(JobJson.job(row.getString("running")), JobJson.lastJob(row.getString("last")));
                loaded.put(new PrinterId(row.getString("printer")), jobs);
            } catch (RuntimeException e) {
                // An unreadable job must not keep the bridge from starting.
                LOG.warn("the stored jobs of printer {} are unreadable and were ignored", row.getString("printer"), e);
            }
        }
        loaded.forEach(current::putIfAbsent);
        return loaded;
    }
}
