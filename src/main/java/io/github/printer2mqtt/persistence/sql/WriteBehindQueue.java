package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.persistence.DatabaseException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
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
 * Saves values in the background. One value of a key is queued, the newest or what it merges with, and a failed write is retried with back-off
 * until the database accepts it, so nothing that fits into the queue is lost while the process lives. Thread-safe; callers
 * never wait.
 */
final class WriteBehindQueue<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(WriteBehindQueue.class);
    static final int BATCH = 500;
    private static final long FIRST_RETRY_MILLIS = 500;
    private static final long MAX_RETRY_MILLIS = 30_000;

    private final Vertx vertx;
    private final Database database;
    private final Content<K, V> content;
    private final Limits limits;
    private final Map<K, @Nullable V> queued = new LinkedHashMap<>();
    private @Nullable Future<Void> writing;
    private int beingWritten;
    private @Nullable Long timer;
    private int failures;

    /** Writes at once, and keeps whatever waits: at most one value of each key. */
    WriteBehindQueue(Vertx vertx, Database database, Content<K, V> content) {
        this(vertx, database, content, new Limits(Integer.MAX_VALUE, Duration.ZERO, BATCH));
    }

    WriteBehindQueue(Vertx vertx, Database database, Content<K, V> content, Limits limits) {
        this.vertx = vertx;
        this.database = database;
        this.content = content;
        this.limits = limits;
    }

    /**
     * Limits of a queue.
     *
     * @param capacity values that wait at most; more are rejected
     * @param delay how long a value waits for others, so that they share a transaction
     * @param batch values that one transaction stores at most
     */
    record Limits(int capacity, Duration delay, int batch) {}

    /** How values are stored. */
    interface Content<K, V> {
        /** Names the values in log lines, in the plural. */
        String name();

        /** Stores the newest value of each key, or deletes what is stored of a key whose value is null; run as one transaction. */
        List<Statement> statements(Map<K, @Nullable V> batch);

        /** What to store of a key with two values that were not stored yet; null if nothing was queued or it is deleted. */
        default @Nullable V merged(@Nullable V older, @Nullable V newer) {
            return newer;
        }
    }

    /**
     * Values that are rows of one table.
     *
     * @param name names them in log lines, in the plural
     * @param upsert inserts a value or replaces the one of its key
     * @param delete deletes the value of a key
     */
    record Table<K, V>(
            String name,
            String upsert,
            BiFunction<K, V, Tuple> upsertValues,
            String delete,
            Function<K, Tuple> deleteValues)
            implements Content<K, V> {
        /** Values that are never deleted by their key. */
        static <K, V> Table<K, V> appendOnly(String name, String insert, Function<V, Tuple> values) {
            return new Table<>(name, insert, (key, value) -> values.apply(value), "", key -> Tuple.tuple());
        }

        @Override
        public List<Statement> statements(Map<K, @Nullable V> batch) {
            List<Tuple> upserts = new ArrayList<>();
            List<Tuple> deletes = new ArrayList<>();
            batch.forEach((key, value) -> {
                if (value == null) {
                    deletes.add(deleteValues.apply(key));
                } else {
                    upserts.add(upsertValues.apply(key, value));
                }
            });
            return List.of(new Statement(upsert, upserts), new Statement(delete, deletes));
        }
    }

    /** Returns false if the queue is full. */
    boolean save(K key, V value) {
        return put(key, value);
    }

    void delete(K key) {
        put(key, null);
    }

    private synchronized boolean put(K key, @Nullable V value) {
        if (queued.size() + beingWritten >= limits.capacity() && !queued.containsKey(key)) {
            return false;
        }
        queued.put(key, content.merged(queued.get(key), value));
        if (writing == null && timer == null) {
            writeAfter(limits.delay().toMillis());
        }
        return true;
    }

    private void writeAfter(long delayMillis) {
        if (delayMillis == 0) {
            writeNext();
        } else {
            timer = vertx.setTimer(delayMillis, now -> onTimer());
        }
    }

    /** Writes everything queued; fails with a {@link DatabaseException} if the database does not accept it. */
    synchronized Future<Void> flush() {
        Future<Void> current = writing;
        if (current != null) {
            return current.transform((done, failure) -> flush());
        }
        cancelTimer();
        return queued.isEmpty() ? Future.succeededFuture() : writeNext().compose(written -> flush());
    }

    private Future<Void> writeNext() {
        Map<K, @Nullable V> batch = new LinkedHashMap<>();
        Iterator<Map.Entry<K, @Nullable V>> entries = queued.entrySet().iterator();
        while (entries.hasNext() && batch.size() < limits.batch()) {
            Map.Entry<K, @Nullable V> entry = entries.next();
            batch.put(entry.getKey(), entry.getValue());
            entries.remove();
        }
        // Completed after onWritten: a flush that met the database's own future, done but not yet handled, would loop.
        Promise<Void> handled = Promise.promise();
        writing = handled.future();
        beingWritten = batch.size();
        database.write(Database.Durability.NORMAL, content.statements(batch)).onComplete((results, failure) -> {
            onWritten(batch, failure);
            handled.complete(null, failure);
        });
        return handled.future();
    }

    private synchronized void onWritten(Map<K, @Nullable V> batch, @Nullable Throwable failure) {
        writing = null;
        beingWritten = 0;
        if (failure == null) {
            if (failures > 0) {
                LOG.info("{} are saved to the database again", content.name());
            }
            failures = 0;
            if (!queued.isEmpty()) {
                writeNext();
            }
            return;
        }
        // In front, so that the order stays.
        Map<K, @Nullable V> newer = new LinkedHashMap<>(queued);
        queued.clear();
        queued.putAll(batch);
        newer.forEach((key, value) ->
                queued.put(key, batch.containsKey(key) ? content.merged(batch.get(key), value) : value));
        if (failures++ == 0) {
            LOG.warn("{} cannot be saved to the database; retrying: {}", content.name(), failure.getMessage());
        }
        if (!DatabaseException.is(failure, DatabaseException.Kind.CLOSED)) {
            long delay = Math.min(FIRST_RETRY_MILLIS << Math.min(failures - 1, 10), MAX_RETRY_MILLIS);
            writeAfter(delay);
        }
    }

    private synchronized void onTimer() {
        timer = null;
        if (writing == null && !queued.isEmpty()) {
            writeNext();
        }
    }

    private void cancelTimer() {
        Long pending = timer;
        if (pending != null) {
            vertx.cancelTimer(pending);
            timer = null;
        }
    }
}
