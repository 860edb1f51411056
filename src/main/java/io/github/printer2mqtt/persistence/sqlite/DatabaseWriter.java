package io.github.printer2mqtt.persistence.sqlite;

import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import io.github.printer2mqtt.persistence.sql.BulkTransaction;
import io.github.printer2mqtt.persistence.sql.Database.Durability;
import io.github.printer2mqtt.persistence.sql.Statement;
import io.github.printer2mqtt.persistence.sql.StatementResult;
import io.github.printer2mqtt.persistence.sql.Transaction;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The one writing connection of a database. Writes run one after the other; between them the files are checked, the
 * write-ahead log is moved into the file, and the file is compacted. Thread-safe.
 */
final class DatabaseWriter {
    /** Writes that may wait. */
    static final int MAX_WAITING = 1000;

    private static final int ATTEMPTS = 3;
    private static final Duration RESPONSE_LIMIT = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final ContextExecutor loop;
    private final Path file;
    private final DatabaseFileGuard fileGuard;
    private final SqliteHealth health;
    private final Pool pool;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean closing;

    /** @param pool of one connection */
    DatabaseWriter(Vertx vertx, ContextExecutor loop, Path file, SqliteHealth health, Pool pool) {
        this.vertx = vertx;
        this.loop = loop;
        this.file = file;
        this.fileGuard = new DatabaseFileGuard(file);
        this.health = health;
        this.pool = pool;
    }

    /** Checkpoints the schema before anything is stored, so that a lost write-ahead log cannot take it along. */
    Future<Void> initialize(Migrations migrations, SafetyCopies copies) {
        return pool.withConnection(this::checkPages)
                .recover(this::failed)
                .compose(sound -> migrations.apply(vertx, this, copies))
                .compose(migrated -> query("PRAGMA wal_checkpoint(TRUNCATE)"))
                .compose(saved -> blocking(fileGuard::remember));
    }

    /** The absolute path of the database. */
    Path file() {
        return file;
    }

    /**
     * As {@link SqliteDatabase#write}.
     *
     * @param limit after which the transaction is rolled back
     */
    Future<List<StatementResult>> write(Durability durability, List<Statement> statements, Duration limit) {
        if (closing) {
            return Future.failedFuture(closedException());
        }
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            return Future.failedFuture(
                    new DatabaseException(Kind.BUSY, file, MAX_WAITING + " writes are already waiting"));
        }
        return loop.call(() -> pool.withConnection(connection -> checkOpenFiles()
                        .compose(intact -> attempt(connection, durability, statements, limit, 1))
                        .compose(results -> checkOpenFiles().map(results)))
                .recover(this::failed)
                .onSuccess(written -> health.onWritten(durability))
                .onFailure(health::onFailed)
                .onComplete((done, failure) -> onWriteEnd())
                .timeout(limit.plus(RESPONSE_LIMIT).toMillis(), TimeUnit.MILLISECONDS)
                .recover(this::failed));
    }

    /** As {@link SqliteDatabase#load}. */
    Future<Void> load(Supplier<Future<List<Statement>>> pages) {
        return loop.call(() -> pool.withConnection(
                        connection -> new BulkTransaction(vertx, connection, pages).run("BEGIN IMMEDIATE", List.of()))
                .recover(this::failed)
                .onSuccess(stored -> health.onWritten(Durability.FULL)));
    }

    /** Keeps the connection between attempts, so that writes stay in order. */
    private Future<List<StatementResult>> attempt(
            SqlConnection connection, Durability durability, List<Statement> statements, Duration limit, int number) {
        return connection
                .query("PRAGMA synchronous=" + durability.name())
                .execute()
                .compose(set -> new Transaction(vertx, connection, statements).run("BEGIN IMMEDIATE", limit))
                .recover(failure -> {
                    boolean busy = DatabaseException.is(SqliteErrors.exception(file, failure), Kind.BUSY);
                    return busy && number < ATTEMPTS
                            ? vertx.timer(50L * number, TimeUnit.MILLISECONDS)
                                    .compose(waited -> attempt(connection, durability, statements, limit, number + 1))
                            : Future.failedFuture(failure);
                });
    }

    /** Checkpoints what a user entered as soon as no write waits. */
    private void onWriteEnd() {
        if (waiting.decrementAndGet() == 0 && health.hasUncheckpointedUserData() && !closing) {
            checkpoint();
        }
    }

    /** Checks that the open files are still the ones that were opened; a failure is logged and shown in the health. */
    Future<Void> checkFiles() {
        return onWriter(connection -> checkOpenFiles());
    }

    /** Moves the content of the write-ahead log into the file, if there is any. */
    Future<Void> checkpoint() {
        return health.hasUncheckpointedData()
                ? onWriter(connection -> checkOpenFiles()
                        .compose(intact -> connection
                                .query("PRAGMA wal_checkpoint(PASSIVE)")
                                .execute())
                        .onSuccess(saved -> health.onCheckpoint())
                        .mapEmpty())
                : Future.succeededFuture();
    }

    /** As {@link SqliteDatabase#compact()}. */
    Future<Void> compact() {
        return loop.call(() -> onWriter(connection -> checkOpenFiles()
                .compose(intact -> connection.query("VACUUM").execute())
                .compose(written ->
                        connection.query("PRAGMA wal_checkpoint(TRUNCATE)").execute())
                .compose(emptied -> blocking(fileGuard::remember))));
    }

    /** Checks the pages on the disk rather than in SQLite's cache. */
    Future<Void> checkContent() {
        return onWriter(connection ->
                connection.query("PRAGMA shrink_memory").execute().compose(emptied -> checkPages(connection)));
    }

    private Future<Void> checkPages(SqlConnection connection) {
        return connection.query("PRAGMA quick_check(1)").execute().compose(found -> {
            String result = found.iterator().next().getString(0);
            return "ok".equals(result)
                    ? Future.succeededFuture()
                    : Future.failedFuture(SqliteErrors.damaged(file, result));
        });
    }

    private Future<Void> checkOpenFiles() {
        return blocking(fileGuard::check);
    }

    private Future<Void> onWriter(Function<SqlConnection, Future<Void>> work) {
        return pool.withConnection(work)
                .timeout(RESPONSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .recover(this::failed)
                .onFailure(health::onFailed);
    }

    /** For migrations, which run before readers can. */
    Future<List<Row>> query(String sql) {
        return pool.query(sql)
                .execute()
                .map(result -> StatementResult.of(result).rows())
                .recover(this::failed);
    }

    /** Rejects further writes. */
    void rejectWrites() {
        closing = true;
    }

    /** Moves the content of the write-ahead log into the file and shortens the log to nothing. */
    Future<?> emptyLog() {
        return pool.withConnection(connection ->
                connection.query("PRAGMA wal_checkpoint(TRUNCATE)").execute());
    }

    Future<Void> close() {
        return pool.close();
    }

    /** Whether it writes through this pool, which readers may share, as on a full disk. */
    boolean uses(Pool other) {
        return pool == other;
    }

    DatabaseException closedException() {
        return new DatabaseException(Kind.CLOSED, file, "it is closed");
    }

    <T> Future<T> failed(Throwable failure) {
        return Future.failedFuture(SqliteErrors.exception(file, failure));
    }

    private interface BlockingStep {
        void run() throws IOException;
    }

    private Future<Void> blocking(BlockingStep step) {
        return vertx.executeBlocking(
                () -> {
                    step.run();
                    return null;
                },
                false);
    }
}
