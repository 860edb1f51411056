package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the repositories need of an SQL database. Everything specific to one product stays behind it: connections, error
 * codes, migrations, and placeholders other than {@code ?}.
 *
 * <p>Thread-safe; futures complete on the caller's context and fail with a {@link DatabaseException}.
 */
public interface Database {
    /** What a power failure may take away. A killed process loses nothing in either case. */
    enum Durability {
        /** No acknowledged write is lost: for what a user entered. */
        FULL,
        /** The last moments may be lost: for what the bridge finds out again. */
        NORMAL
    }

    /** Runs a query that cannot write. It sees every acknowledged write. */
    Future<List<Row>> query(String sql, Tuple values);

    /**
     * Runs statements as one transaction, all of them or none, after every write requested before. It takes statements
     * rather than code, because code that never returns would block the database for everybody.
     *
     * @return the result of each statement, in order
     */
    Future<List<StatementResult>> write(Durability durability, List<Statement> statements);

    /**
     * Stores many rows as one transaction, all of them or none, however long it takes: for a database that nothing else uses.
     *
     * @param pages returns the next statements at each call; an empty list ends it
     */
    Future<Void> load(Supplier<Future<List<Statement>>> pages);

    /** Writes the content anew, so that nothing of deleted and replaced values stays in the files of the database. */
    Future<Void> compact();

    /** Looks at the whole database, for support; takes up to half a minute, beside the event loops. */
    Future<Facts> examine();

    /**
     * What support asks about a database.
     *
     * @param bytes of its content, without a log of writes
     * @param freeBytes of them that hold nothing; null if unknown
     * @param check {@code ok}, or what is damaged
     */
    record Facts(long schemaVersion, long bytes, @Nullable Long freeBytes, String check) {}

    /**
     * Fails with a {@link DatabaseException} when this process must stop, because another bridge uses the database now; never
     * completes for one that nobody else can open.
     */
    default Future<Void> evicted() {
        return Promise.<Void>promise().future();
    }

    /** Whether the database accepts writes. */
    Health health();

    /** Rejects new work, finishes what is queued, and closes the database. */
    Future<Void> close();
}
