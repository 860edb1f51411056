package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.model.access.AuditEntry;
import io.github.printer2mqtt.persistence.AuditRepository;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The last changes and commands in SQL, in a ring of slots. The ring bounds the table and what waits to be written alike.
 * Thread-safe.
 */
public final class SqlAuditRepository implements AuditRepository {
    /** Months of a busy farm, about 2 MB. */
    static final int SLOTS = 10_000;

    private static final WriteBehindQueue.Table<Long, StoredEntry> TABLE = new WriteBehindQueue.Table<>(
            "audit entries",
            "INSERT INTO audit (slot, number, at, actor, origin, action, result) VALUES (?, ?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT (slot) DO UPDATE SET number = excluded.number, at = excluded.at,"
                    + " actor = excluded.actor, origin = excluded.origin, action = excluded.action,"
                    + " result = excluded.result",
            (slot, stored) -> Tuple.of(
                    slot,
                    stored.number(),
                    stored.entry().at().toString(),
                    stored.entry().actor(),
                    stored.entry().origin(),
                    stored.entry().action(),
                    stored.entry().result()),
            "DELETE FROM audit WHERE slot = ?",
            Tuple::of);

    private final Database database;
    private final WriteBehindQueue<Long, StoredEntry> queue;
    private final AtomicLong last = new AtomicLong();

    public SqlAuditRepository(Vertx vertx, Database database) {
        this.database = database;
        this.queue = new WriteBehindQueue<>(vertx, database, TABLE);
    }

    /** Finds the number to go on from; to be called before the first entry. */
    public Future<Void> load() {
        return database.query("SELECT COALESCE(MAX(number), 0) FROM audit", Tuple.tuple())
                .onSuccess(rows -> last.set(rows.get(0).getLong(0)))
                .mapEmpty();
    }

    /** Saves everything; fails with a {@link DatabaseException} if the database does not accept it. */
    public Future<Void> flush() {
        return queue.flush();
    }

    @Override
    public void append(AuditEntry entry) {
        long number = last.incrementAndGet();
        queue.save(number % SLOTS, new StoredEntry(number, entry));
    }

    @Override
    public Future<List<StoredEntry>> newest(long before, int limit) {
        return flush().compose(saved -> database.query(
                        "SELECT number, at, actor, origin, action, result FROM audit WHERE number < ?"
                                + " ORDER BY number DESC LIMIT ?",
                        Tuple.of(before, limit)))
                .map(rows -> rows.stream().map(SqlAuditRepository::entry).toList());
    }

    private static StoredEntry entry(Row row) {
        return new StoredEntry(
                row.getLong("number"),
                new AuditEntry(
                        Instant.parse(row.getString("at")),
                        row.getString("actor"),
                        row.getString("origin"),
                        row.getString("action"),
                        row.getString("result")));
    }
}
