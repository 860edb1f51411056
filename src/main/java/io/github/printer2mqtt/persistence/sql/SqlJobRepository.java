package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.JobRepository;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Running and last prints in SQLite. Writing is behind the fleet's back: what waits is at most one entry a printer, the
 * newest, and stays until the database takes it. Safe for every thread; guarded by itself.
 */
public final class SqlJobRepository implements JobRepository {
    private static final Logger LOG = LoggerFactory.getLogger(SqlJobRepository.class);
    private static final int BATCH = 500;

    /** How much of a print a killed bridge may forget; a restart tells a new print of the same name by its elapsed time. */
    private static final long PROGRESS_SECONDS = 600;

    private static final long FIRST_RETRY_MILLIS = 500;
    private static final long LONGEST_RETRY_MILLIS = 30_000;

    /** Not for a printer that was removed meanwhile: its registration took its memory along. */
    private static final String REMEMBER = "INSERT INTO job_memory (printer, running, last)"
            + " SELECT id, ?, ? FROM printer WHERE id = ?"
            + " ON CONFLICT (printer) DO UPDATE SET running = excluded.running, last = excluded.last";

    private static final String FORGET = "DELETE FROM job_memory WHERE printer = ?";

    private final Vertx vertx;
    private final Database store;
    private final Map<PrinterId, StoredJobs> known = new HashMap<>();
    private final Set<PrinterId> unwritten = new LinkedHashSet<>();

    /** Prints that went on since they were written down, which by itself is worth no write before the stop. */
    private final Map<PrinterId, Long> writtenElapsed = new HashMap<>();

    private @Nullable Future<Void> writing;
    private @Nullable Long retryTimer;
    private int failures;

    public SqlJobRepository(Vertx vertx, Database store) {
        this.vertx = vertx;
        this.store = store;
    }

    /** What is remembered from before the start. */
    public Future<Map<PrinterId, StoredJobs>> load() {
        return store.query("SELECT printer, running, last FROM job_memory", Tuple.tuple())
                .map(this::remembered);
    }

    /** Writes down what waits and how far each print is; fails with a {@link DatabaseException} if the database does not take it. For the stop. */
    public synchronized Future<Void> flush() {
        Future<Void> now = writing;
        if (now != null) {
            return now.transform((done, failure) -> flush());
        }
        cancelRetry();
        known.forEach((printer, memory) -> {
            if (progress(printer, memory.running()) > 0) {
                unwritten.add(printer);
            }
        });
        return unwritten.isEmpty() ? Future.succeededFuture() : begin().compose(written -> flush());
    }

    @Override
    public synchronized void saveRunning(PrinterId printer, Job job) {
        StoredJobs before = known.get(printer);
        known.put(printer, new StoredJobs(job, before == null ? null : before.last()));
        mark(printer);
    }

    @Override
    public synchronized void saveProgress(PrinterId printer, Job job) {
        StoredJobs before = known.get(printer);
        known.put(printer, new StoredJobs(job, before == null ? null : before.last()));
        if (progress(printer, job) >= PROGRESS_SECONDS) {
            mark(printer);
        }
    }

    /** Seconds that a print went on since it was written down. */
    private long progress(PrinterId printer, @Nullable Job running) {
        Long elapsed = running == null ? null : running.elapsed();
        return elapsed == null ? 0 : elapsed - writtenElapsed.getOrDefault(printer, 0L);
    }

    @Override
    public synchronized void saveEnded(PrinterId printer, LastJob last) {
        known.put(printer, new StoredJobs(null, last));
        mark(printer);
    }

    @Override
    public synchronized void remove(PrinterId printer) {
        known.remove(printer);
        mark(printer);
    }

    private synchronized Map<PrinterId, StoredJobs> remembered(List<Row> rows) {
        Map<PrinterId, StoredJobs> loaded = new HashMap<>();
        for (Row row : rows) {
            try {
                StoredJobs memory = new StoredJobs(
                        StoredJobJson.job(row.getString("running")), StoredJobJson.lastJob(row.getString("last")));
                loaded.put(new PrinterId(row.getString("printer")), memory);
            } catch (RuntimeException e) {
                // Worth a warning, not worth a bridge that does not start.
                LOG.warn("what was remembered of printer {} is unreadable and forgotten", row.getString("printer"), e);
            }
        }
        loaded.forEach(known::putIfAbsent);
        return loaded;
    }

    private void mark(PrinterId printer) {
        unwritten.add(printer);
        if (writing == null && retryTimer == null) {
            begin();
        }
    }

    private synchronized Future<Void> begin() {
        List<PrinterId> batch = new ArrayList<>();
        List<Tuple> remember = new ArrayList<>();
        List<Tuple> forget = new ArrayList<>();
        for (Iterator<PrinterId> next = unwritten.iterator(); next.hasNext() && batch.size() < BATCH; next.remove()) {
            PrinterId printer = next.next();
            batch.add(printer);
            StoredJobs memory = known.get(printer);
            Job running = memory == null ? null : memory.running();
            if (running == null || running.elapsed() == null) {
                writtenElapsed.remove(printer);
            } else {
                writtenElapsed.put(printer, running.elapsed());
            }
            if (memory == null) {
                forget.add(Tuple.of(printer.value()));
            } else {
                remember.add(
                        Tuple.of(StoredJobJson.of(memory.running()), StoredJobJson.of(memory.last()), printer.value()));
            }
        }
        // Completed after end(): a flush that found the store's own future done but not yet handled would ask for ever.
        Promise<Void> handled = Promise.promise();
        Future<Void> now = handled.future();
        writing = now;
        store.write(
                        Database.Durability.NORMAL,
                        List.of(Statement.batch(REMEMBER, remember), Statement.batch(FORGET, forget)))
                .onComplete((outcomes, failure) -> {
                    end(batch, failure);
                    handled.complete(null, failure);
                });
        return now;
    }

    private synchronized void end(List<PrinterId> batch, @Nullable Throwable failure) {
        writing = null;
        if (failure == null) {
            if (failures > 0) {
                LOG.info("running prints are written down again");
            }
            failures = 0;
            if (!unwritten.isEmpty()) {
                begin();
            }
            return;
        }
        unwritten.addAll(batch);
        if (failures++ == 0) {
            LOG.warn("running prints are not written down, which is tried again: {}", failure.getMessage());
        }
        if (!DatabaseException.is(failure, DatabaseException.Kind.CLOSED)) {
            long delay = Math.min(FIRST_RETRY_MILLIS << Math.min(failures - 1, 10), LONGEST_RETRY_MILLIS);
            retryTimer = vertx.setTimer(delay, now -> retry());
        }
    }

    private synchronized void retry() {
        retryTimer = null;
        if (writing == null && !unwritten.isEmpty()) {
            begin();
        }
    }

    private void cancelRetry() {
        Long timer = retryTimer;
        if (timer != null) {
            vertx.cancelTimer(timer);
            retryTimer = null;
        }
    }
}
