package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.HistoryRepository.Print;
import io.github.printer2mqtt.persistence.JobRepository;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Running and last jobs and the prints that ended in SQL, saved in the background. Thread-safe. */
public final class SqlJobRepository implements JobRepository {
    private static final Logger LOG = LoggerFactory.getLogger(SqlJobRepository.class);

    /** How much progress a killed bridge may lose; a restart recognises a new print of the same file by its elapsed time. */
    private static final long PROGRESS_SECONDS = 600;

    /** Printers of one transaction, each of which may have many ended prints after a time without the database. */
    private static final int BATCH = 100;

    private final Database database;
    private final WriteBehindQueue<PrinterId, UnsavedSteps.Unsaved> queue;
    private final Map<PrinterId, StoredJobs> current = new HashMap<>();
    private final Map<PrinterId, Long> savedElapsed = new HashMap<>();

    /** @param dropped is called with the number of ended prints that are lost because the database accepts nothing for too long */
    public SqlJobRepository(Vertx vertx, Database database, IntConsumer dropped) {
        this.database = database;
        this.queue = new WriteBehindQueue<>(
                vertx,
                database,
                new UnsavedSteps(dropped),
                new WriteBehindQueue.Limits(Integer.MAX_VALUE, Duration.ZERO, BATCH));
    }

    /** The jobs saved before this start. */
    public Future<Map<PrinterId, StoredJobs>> load() {
        return database.query("SELECT printer, running, last FROM job", Tuple.tuple())
                .map(this::onLoaded);
    }

    /** The print of each printer that ran or ended last before this start. */
    public Future<Map<PrinterId, Print>> loadPrints() {
        return database.query("SELECT printer, first_seen, started FROM print", Tuple.tuple())
                .map(UnsavedSteps::prints);
    }

    /** Saves the steps that wait; fails with a {@link DatabaseException} if the database does not accept them. */
    public Future<Void> flushSteps() {
        return queue.flush();
    }

    /** Saves everything, progress included; fails with a {@link DatabaseException} if the database does not accept it. */
    public synchronized Future<Void> flush() {
        current.forEach((printer, jobs) -> {
            if (unsavedProgress(printer, jobs.running()) > 0) {
                save(printer, new Step(jobs, null, List.of()));
            }
        });
        return queue.flush();
    }

    @Override
    public synchronized void save(PrinterId printer, Step step) {
        current.put(printer, step.jobs());
        Job running = step.jobs().running();
        if (running == null || running.elapsed() == null) {
            savedElapsed.remove(printer);
        } else {
            savedElapsed.put(printer, running.elapsed());
        }
        queue.save(printer, new UnsavedSteps.Unsaved(step.jobs(), step.print(), step.ended()));
    }

    @Override
    public synchronized void saveProgress(PrinterId printer, Job job) {
        StoredJobs before = current.get(printer);
        StoredJobs jobs = new StoredJobs(job, before == null ? null : before.last());
        current.put(printer, jobs);
        if (unsavedProgress(printer, job) >= PROGRESS_SECONDS) {
            save(printer, new Step(jobs, null, List.of()));
        }
    }

    @Override
    public synchronized void remove(PrinterId printer) {
        current.remove(printer);
        savedElapsed.remove(printer);
        queue.save(printer, UnsavedSteps.Unsaved.removed());
    }

    /** Seconds of printing since the job was last saved. */
    private long unsavedProgress(PrinterId printer, @Nullable Job running) {
        Long elapsed = running == null ? null : running.elapsed();
        return elapsed == null ? 0 : elapsed - savedElapsed.getOrDefault(printer, 0L);
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
