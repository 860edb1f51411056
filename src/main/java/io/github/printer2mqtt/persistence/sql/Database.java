package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.persistence.DatabaseException;
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
 * The SQLite file: one connection that writes, two that read. Writes run one after the other in the order they were asked
 * for. Safe for every thread; futures complete on the caller's context and fail with a {@link DatabaseException}.
 *
 * <p>A transaction is a list of statements and never code of the caller: a step that does not come back would hold the
 * database for everybody.
 *
 * <p>Nothing is acknowledged that went into a file which was deleted or replaced meanwhile; {@link #health()} says so.
 */
public final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int MOST_WAITING = 1000;
    private static final int ATTEMPTS = 3;
    private static final Duration BODY_LIMIT = Duration.ofSeconds(3);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final Duration READ_LIMIT = Duration.ofSeconds(5);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final ContextExecutor loop;
    private final Path file;
    private final DatabaseLock lock;
    private final DatabaseFiles files;
    private final DatabaseHealth health;
    private final Pool writer;
    private final Pool reader;
    private final DatabaseMaintenance maintenance;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable Future<Void> closed;

    private Database(Vertx vertx, ContextExecutor loop, Path file, DatabaseLock lock, Pool writer, Pool reader) {
        this.vertx = vertx;
        this.loop = loop;
        this.file = file;
        this.lock = lock;
        this.files = new DatabaseFiles(file);
        this.health = new DatabaseHealth(file);
        this.writer = writer;
        this.reader = reader;
        this.maintenance = new DatabaseMaintenance(vertx, this);
    }

    /**
     * Opens the database and brings it to the newest shape; makes the file and its directory if they are missing.
     *
     * @param path of the file
     */
    public static Future<Database> open(Vertx vertx, String path) {
        return open(vertx, path, Migrations.all());
    }

    static Future<Database> open(Vertx vertx, String path, Migrations migrations) {
        ContextExecutor loop = ContextExecutor.here(vertx);
        return loop.call(() -> vertx.executeBlocking(() -> DatabaseFile.prepare(path))
                .compose(prepared -> open(vertx, loop, prepared, migrations)
                        .onFailure(failure -> prepared.lock().release())));
    }

    private static Future<Database> open(
            Vertx vertx, ContextExecutor loop, DatabaseFile.Prepared prepared, Migrations migrations) {
        Path file = prepared.file();
        Pool writer = SqlitePools.writer(vertx, file);
        Pool reader = SqlitePools.reader(vertx, file, MOST_WAITING);
        return new Database(vertx, loop, file, prepared.lock(), writer, reader)
                .begun(migrations)
                .recover(failure -> DatabaseException.is(failure, DatabaseException.Kind.DISK_FULL)
                        ? openWithoutRoom(vertx, loop, prepared, migrations, failure)
                        : Future.failedFuture(failure));
    }

    /** What is stored can be read on a full disk, too, and the printers be polled. */
    private static Future<Database> openWithoutRoom(
            Vertx vertx, ContextExecutor loop, DatabaseFile.Prepared prepared, Migrations migrations, Throwable full) {
        Pool alone = SqlitePools.alone(vertx, prepared.file(), MOST_WAITING);
        Database store = new Database(vertx, loop, prepared.file(), prepared.lock(), alone, alone);
        return store.begun(migrations).onSuccess(opened -> opened.health.onFailed(full));
    }

    private Future<Database> begun(Migrations migrations) {
        return begin(migrations)
                .transform((done, failure) -> failure == null
                        ? Future.succeededFuture(this)
                        : Future.join(reader.close(), writer.close())
                                .transform((closed, second) -> Future.failedFuture(failure)));
    }

    /** The schema is in the file itself before anything is stored: a log that gets lost must not take it along. */
    private Future<Void> begin(Migrations migrations) {
        return writer.withConnection(this::expectWhole)
                .recover(this::failed)
                .compose(sound -> migrations.apply(vertx, this))
                .compose(migrated -> read("PRAGMA wal_checkpoint(TRUNCATE)"))
                .compose(saved -> blocking(files::remember))
                .onSuccess(remembered -> maintenance.start());
    }

    /** The absolute path of the file. */
    public Path file() {
        return file;
    }

    /** Runs a query on a connection that cannot write; it sees everything that was acknowledged. */
    public Future<List<Row>> query(String sql, Tuple values) {
        return loop.call(() -> closed != null
                ? Future.failedFuture(closedProblem())
                : reader.preparedQuery(sql)
                        .execute(values)
                        .map(result -> StatementResult.of(result).rows())
                        .timeout(READ_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                        .recover(this::failed));
    }

    /**
     * Runs statements as one transaction: all of them or none. Refused at once while 1,000 writes wait; rolled back after
     * 3 seconds; a database that another program holds is tried three times. When even the disk does not come back, the answer
     * is a {@code TIMEOUT} after half a minute, and whether it was stored is not known.
     *
     * @return what each statement did, in their order
     */
    public Future<List<StatementResult>> write(Durability durability, List<Statement> statements) {
        return write(durability, List.copyOf(statements), BODY_LIMIT);
    }

    Future<List<StatementResult>> write(Durability durability, List<Statement> statements, Duration limit) {
        if (closed != null) {
            return Future.failedFuture(closedProblem());
        }
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return Future.failedFuture(new DatabaseException(
                    DatabaseException.Kind.BUSY, "database " + file + ": " + MOST_WAITING + " writes wait already"));
        }
        return loop.call(() -> writer.withConnection(connection -> expectIntact()
                        .compose(intact -> attempt(connection, durability, statements, limit, 1))
                        .compose(outcomes -> expectIntact().map(outcomes)))
                .recover(this::failed)
                .onSuccess(written -> health.onWritten(durability))
                .onFailure(health::onFailed)
                .onComplete((done, failure) -> onWriteEnd())
                .timeout(limit.plus(ANSWER_LIMIT).toMillis(), TimeUnit.MILLISECONDS)
                .recover(this::failed));
    }

    /** What a user entered goes into the file itself as soon as nobody waits. */
    private void onWriteEnd() {
        if (waiting.decrementAndGet() == 0 && health.isUnsavedByUser() && closed == null) {
            checkpoint();
        }
    }

    /** Whether it takes what it is given. */
    public Health health() {
        return health.health();
    }

    /** Looks whether the files are those that were opened; what is wrong is in the log and in the health. */
    Future<Void> checkFiles() {
        return onWriter(connection -> expectIntact());
    }

    /** Brings into the file itself what stands in the write-ahead log only, if there is anything. */
    Future<Void> checkpoint() {
        return health.isUnsaved()
                ? onWriter(connection -> expectIntact()
                        .compose(intact -> connection
                                .query("PRAGMA wal_checkpoint(PASSIVE)")
                                .execute())
                        .onSuccess(saved -> health.onCheckpoint())
                        .mapEmpty())
                : Future.succeededFuture();
    }

    /** Looks whether the database is whole on the disk, not only in our cache. */
    Future<Void> checkContent() {
        return onWriter(connection ->
                connection.query("PRAGMA shrink_memory").execute().compose(emptied -> expectWhole(connection)));
    }

    private Future<Void> expectWhole(SqlConnection connection) {
        return connection.query("PRAGMA quick_check(1)").execute().compose(found -> {
            String verdict = found.iterator().next().getString(0);
            return "ok".equals(verdict)
                    ? Future.succeededFuture()
                    : Future.failedFuture(DatabaseException.damaged(file, verdict));
        });
    }

    private Future<Void> onWriter(Function<SqlConnection, Future<Void>> work) {
        return writer.withConnection(work)
                .timeout(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .recover(this::failed)
                .onFailure(health::onFailed);
    }

    private Future<Void> expectIntact() {
        return blocking(files::expectIntact);
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

    /** The writer's own view, for what must be known before readers can be. */
    Future<List<Row>> read(String sql) {
        return writer.query(sql)
                .execute()
                .map(result -> StatementResult.of(result).rows())
                .recover(this::failed);
    }

    /** The connection is kept between attempts, so that writes stay in order. */
    private Future<List<StatementResult>> attempt(
            SqlConnection connection, Durability durability, List<Statement> statements, Duration limit, int number) {
        return new Transaction(vertx, connection, statements)
                .run(durability, limit)
                .recover(failure -> {
                    boolean busy =
                            DatabaseException.is(DatabaseException.of(file, failure), DatabaseException.Kind.BUSY);
                    return busy && number < ATTEMPTS
                            ? vertx.timer(50L * number, TimeUnit.MILLISECONDS)
                                    .compose(waited -> attempt(connection, durability, statements, limit, number + 1))
                            : Future.failedFuture(failure);
                });
    }

    /** Refuses new work, finishes what waits, writes everything back into the one file and closes it; 2 seconds at most. */
    public Future<Void> close() {
        synchronized (this) {
            Future<Void> known = closed;
            if (known != null) {
                return known;
            }
            Future<Void> now = loop.call(this::closeNow);
            closed = now;
            return now;
        }
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
                .eventually(this::unlock);
    }

    private Future<Void> unlock() {
        return blocking(lock::release);
    }

    private <T> Future<T> failed(Throwable failure) {
        return Future.failedFuture(DatabaseException.of(file, failure));
    }

    private DatabaseException closedProblem() {
        return new DatabaseException(DatabaseException.Kind.CLOSED, "database " + file + ": it is closed");
    }

    /** What a power cut may take away. A killed process loses nothing in either case. */
    public enum Durability {
        /** Nothing that was acknowledged: for what a user entered. */
        FULL,
        /** The last moments: for what the bridge finds out again. */
        NORMAL
    }
}
