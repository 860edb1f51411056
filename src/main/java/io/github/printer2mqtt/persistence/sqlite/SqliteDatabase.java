package io.github.printer2mqtt.persistence.sqlite;

import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.Statement;
import io.github.printer2mqtt.persistence.sql.StatementResult;
import io.github.printer2mqtt.persistence.sql.Transaction;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A SQLite file with one writing and two reading connections. Writes run one after the other.
 *
 * <p>A write into a file that was deleted or replaced meanwhile is never acknowledged; {@link #health()} reports it.
 */
public final class SqliteDatabase implements Database {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteDatabase.class);
    private static final int MAX_WAITING = 1000;
    private static final int ATTEMPTS = 3;
    private static final Duration TRANSACTION_LIMIT = Duration.ofSeconds(3);
    private static final Duration RESPONSE_LIMIT = Duration.ofSeconds(30);
    private static final Duration READ_LIMIT = Duration.ofSeconds(5);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final ContextExecutor loop;
    private final Path file;
    private final DatabaseLock lock;
    private final DatabaseFileGuard fileGuard;
    private final DatabaseHealth health;
    private final Pool writer;
    private final Pool reader;
    private final DatabaseMaintenance maintenance;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable Future<Void> closed;

    private SqliteDatabase(
            Vertx vertx, ContextExecutor loop, DatabaseFile.Prepared prepared, Pool writer, Pool reader) {
        this.vertx = vertx;
        this.loop = loop;
        this.file = prepared.file();
        this.lock = prepared.lock();
        this.fileGuard = new DatabaseFileGuard(file);
        this.health = new DatabaseHealth(file);
        this.writer = writer;
        this.reader = reader;
        this.maintenance = new DatabaseMaintenance(vertx, this);
    }

    /** Opens a database file, which is created with its directory if missing, and migrates it to the newest schema. */
    public static Future<SqliteDatabase> open(Vertx vertx, String path) {
        return open(vertx, path, Migrations.all());
    }

    static Future<SqliteDatabase> open(Vertx vertx, String path, Migrations migrations) {
        ContextExecutor loop = ContextExecutor.ofCurrent(vertx);
        return loop.call(() -> vertx.executeBlocking(() -> DatabaseFile.prepare(path))
                .compose(prepared -> open(vertx, loop, prepared, migrations)
                        .onFailure(failure -> prepared.lock().release())));
    }

    private static Future<SqliteDatabase> open(
            Vertx vertx, ContextExecutor loop, DatabaseFile.Prepared prepared, Migrations migrations) {
        Pool writer = SqlitePools.writer(vertx, prepared.file());
        Pool reader = SqlitePools.reader(vertx, prepared.file(), MAX_WAITING);
        return new SqliteDatabase(vertx, loop, prepared, writer, reader)
                .initializeOrClose(migrations)
                .recover(failure -> DatabaseException.is(failure, Kind.DISK_FULL)
                        ? openOnFullDisk(vertx, loop, prepared, migrations, failure)
                        : Future.failedFuture(failure));
    }

    /** A full disk still allows reading, so that printers can be polled. */
    private static Future<SqliteDatabase> openOnFullDisk(
            Vertx vertx, ContextExecutor loop, DatabaseFile.Prepared prepared, Migrations migrations, Throwable full) {
        Pool exclusive = SqlitePools.exclusive(vertx, prepared.file(), MAX_WAITING);
        return new SqliteDatabase(vertx, loop, prepared, exclusive, exclusive)
                .initializeOrClose(migrations)
                .onSuccess(opened -> opened.health.onFailed(full));
    }

    private Future<SqliteDatabase> initializeOrClose(Migrations migrations) {
        return initialize(migrations)
                .transform((done, failure) -> failure == null
                        ? Future.succeededFuture(this)
                        : Future.join(reader.close(), writer.close())
                                .transform((closed, second) -> Future.failedFuture(failure)));
    }

    /** Checkpoints the schema before anything is stored, so that a lost write-ahead log cannot take it along. */
    private Future<Void> initialize(Migrations migrations) {
        return writer.withConnection(this::checkPages)
                .recover(this::failed)
                .compose(sound -> migrations.apply(vertx, this))
                .compose(migrated -> queryOnWriter("PRAGMA wal_checkpoint(TRUNCATE)"))
                .compose(saved -> blocking(fileGuard::remember))
                .onSuccess(remembered -> maintenance.start());
    }

    /** The absolute path. */
    Path file() {
        return file;
    }

    @Override
    public Future<List<Row>> query(String sql, Tuple values) {
        return loop.call(() -> closed != null
                ? Future.failedFuture(closedException())
                : reader.preparedQuery(sql)
                        .execute(values)
                        .map(result -> StatementResult.of(result).rows())
                        .timeout(READ_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                        .recover(this::failed));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Rejected at once while 1,000 writes wait; rolled back after 3 seconds; attempted three times while another program
     * holds the file. If the disk does not respond, it fails with {@code TIMEOUT} after half a minute, and whether it was
     * stored is unknown.
     */
    @Override
    public Future<List<StatementResult>> write(Durability durability, List<Statement> statements) {
        return write(durability, List.copyOf(statements), TRANSACTION_LIMIT);
    }

    Future<List<StatementResult>> write(Durability durability, List<Statement> statements, Duration limit) {
        if (closed != null) {
            return Future.failedFuture(closedException());
        }
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            return Future.failedFuture(
                    new DatabaseException(Kind.BUSY, file, MAX_WAITING + " writes are already waiting"));
        }
        return loop.call(() -> writer.withConnection(connection -> checkOpenFiles()
                        .compose(intact -> attempt(connection, durability, statements, limit, 1))
                        .compose(results -> checkOpenFiles().map(results)))
                .recover(this::failed)
                .onSuccess(written -> health.onWritten(durability))
                .onFailure(health::onFailed)
                .onComplete((done, failure) -> onWriteEnd())
                .timeout(limit.plus(RESPONSE_LIMIT).toMillis(), TimeUnit.MILLISECONDS)
                .recover(this::failed));
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
        if (waiting.decrementAndGet() == 0 && health.hasUncheckpointedUserData() && closed == null) {
            checkpoint();
        }
    }

    @Override
    public Health health() {
        return health.health();
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

    /** {@inheritDoc} The write-ahead log, which has old values too, is emptied. */
    @Override
    public Future<Void> compact() {
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
        return writer.withConnection(work)
                .timeout(RESPONSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .recover(this::failed)
                .onFailure(health::onFailed);
    }

    /** For migrations, which run before readers can. */
    Future<List<Row>> queryOnWriter(String sql) {
        return writer.query(sql)
                .execute()
                .map(result -> StatementResult.of(result).rows())
                .recover(this::failed);
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

    /** {@inheritDoc} Leaves one file, without a write-ahead log; takes at most 2 seconds. */
    @Override
    public synchronized Future<Void> close() {
        Future<Void> current = closed;
        if (current == null) {
            current = loop.call(this::closeNow);
            closed = current;
        }
        return current;
    }

    private Future<Void> closeNow() {
        maintenance.stop();
        Future<Void> readersClosed = reader == writer ? Future.succeededFuture() : reader.close();
        return readersClosed
                .compose(done -> writer.withConnection(connection ->
                        connection.query("PRAGMA wal_checkpoint(TRUNCATE)").execute()))
                .timeout(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .transform((done, failure) -> {
                    if (failure != null) {
                        LOG.warn("database {} was closed without a checkpoint: {}", file, failure.toString());
                    }
                    return writer.close();
                })
                .eventually(() -> blocking(lock::release));
    }

    private <T> Future<T> failed(Throwable failure) {
        return Future.failedFuture(SqliteErrors.exception(file, failure));
    }

    private DatabaseException closedException() {
        return new DatabaseException(Kind.CLOSED, file, "it is closed");
    }
}
