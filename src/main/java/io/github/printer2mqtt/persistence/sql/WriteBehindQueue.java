package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.persistence.DatabaseException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves values in the background. Only the newest value of a key is queued, and a failed write is retried with back-off
 * until the database accepts it, so nothing is lost while the process lives. Thread-safe; callers never wait.
 */
final class WriteBehindQueue<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(WriteBehindQueue.class);
    private static final int MAX_BATCH = 500;
    private static final long FIRST_RETRY_MILLIS = 500;
    private static final long MAX_RETRY_MILLIS = 30_000;

    private final Vertx vertx;
    private final Database database;
    private final Table<K, V> table;
    private final Map<K, @Nullable V> queued = new LinkedHashMap<>();
    private @Nullable Future<Void> writing;
    private @Nullable Long retryTimer;
    private int failures;

    WriteBehindQueue(Vertx vertx, Database database, Table<K, V> table) {
        this.vertx = vertx;
        this.database = database;
        this.table = table;
    }

    /**
     * How one kind of value is stored.
     *
     * @param content names it in log lines, in the plural
     * @param upsert inserts a value or replaces the one of its key
     * @param delete deletes the value of a key
     */
    record Table<K, V>(
            String content,
            String upsert,
            BiFunction<K, V, Tuple> upsertValues,
            String delete,
            Function<K, Tuple> deleteValues) {}

    void save(K key, V value) {
        put(key, value);
    }

    void delete(K key) {
        put(key, null);
    }

    private synchronized void put(K key, @Nullable V value) {
        queued.put(key, value);
        if (writing == null && retryTimer == null) {
            writeNext();
        }
    }

    /** Writes everything queued; fails with a {@link DatabaseException} if the database does not accept it. */
    synchronized Future<Void> flush() {
        Future<Void> current = writing;
        if (current != null) {
            return current.transform((done, failure) -> flush());
        }
        cancelRetry();
        return queued.isEmpty() ? Future.succeededFuture() : writeNext().compose(written -> flush());
    }

    private Future<Void> writeNext() {
        Map<K, @Nullable V> batch = new LinkedHashMap<>();
        Iterator<Map.Entry<K, @Nullable V>> entries = queued.entrySet().iterator();
        while (entries.hasNext() && batch.size() < MAX_BATCH) {
            Map.Entry<K, @Nullable V> entry = entries.next();
            batch.put(entry.getKey(), entry.getValue());
            entries.remove();
        }
        // Completed after onWritten: a flush that met the database's own future, done but not yet handled, would loop.
        Promise<Void> handled = Promise.promise();
        writing = handled.future();
        database.write(Database.Durability.NORMAL, statements(batch)).onComplete((results, failure) -> {
            onWritten(batch, failure);
            handled.complete(null, failure);
        });
        return handled.future();
    }

    private List<Statement> statements(Map<K, @Nullable V> batch) {
        List<Tuple> upserts = new ArrayList<>();
        List<Tuple> deletes = new ArrayList<>();
        batch.forEach((key, value) -> {
            if (value == null) {
                deletes.add(table.deleteValues().apply(key));
            } else {
                upserts.add(table.upsertValues().apply(key, value));
            }
        });
        return List.of(new Statement(table.upsert(), upserts), new Statement(table.delete(), deletes));
    }

    private synchronized void onWritten(Map<K, @Nullable V> batch, @Nullable Throwable failure) {
        writing = null;
        if (failure == null) {
            if (failures > 0) {
                LOG.info("{} are saved to the database again", table.content());
            }
            failures = 0;
            if (!queued.isEmpty()) {
                writeNext();
            }
            return;
        }
        batch.keySet().removeAll(queued.keySet());
        queued.putAll(batch);
        if (failures++ == 0) {
            LOG.warn("{} cannot be saved to the database; retrying: {}", table.content(), failure.getMessage());
        }
        if (!DatabaseException.is(failure, DatabaseException.Kind.CLOSED)) {
            long delay = Math.min(FIRST_RETRY_MILLIS << Math.min(failures - 1, 10), MAX_RETRY_MILLIS);
            retryTimer = vertx.setTimer(delay, now -> retry());
        }
    }

    private synchronized void retry() {
        retryTimer = null;
        if (writing == null && !queued.isEmpty()) {
            writeNext();
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
