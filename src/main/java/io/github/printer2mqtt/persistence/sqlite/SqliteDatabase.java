package io.github.printer2mqtt.persistence.sqlite;

import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.Statement;
import io.github.printer2mqtt.persistence.sql.StatementResult;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
    private static final Duration TRANSACTION_LIMIT = Duration.ofSeconds(3);
    private static final Duration READ_LIMIT = Duration.ofSeconds(5);
    private static final Duration EXAMINE_LIMIT = Duration.ofSeconds(30);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final ContextExecutor loop;
    private final DatabaseLock lock;
    private final SqliteHealth health;
    private final DatabaseWriter writer;
    private final Pool reader;
    private final DatabaseMaintenance maintenance;
    private volatile @Nullable Future<Void> closed;

    private SqliteDatabase(
            Vertx vertx, ContextExecutor loop, DatabaseFile.Prepared prepared, Pool writing, Pool reader) {
        this.vertx = vertx;
        this.loop = loop;
        this.lock = prepared.lock();
        this.health = new SqliteHealth(prepared.file());
        this.writer = new DatabaseWriter(vertx, loop, prepared.file(), health, writing);
        this.reader = reader;
        this.maintenance = new DatabaseMaintenance(vertx, writer);
    }

    /** As {@link #open(Vertx, String, SafetyCopies)}, without a copy before an upgrade. */
    public static Future<SqliteDatabase> open(Vertx vertx, String path) {
        return open(vertx, path, SafetyCopies.NONE);
    }

    /**
     * Opens a database file, which is created with its directory if missing, and migrates it to the newest schema.
     *
     * @param copies made before an upgrade and a prepared restore
     */
    public static Future<SqliteDatabase> open(Vertx vertx, String path, SafetyCopies copies) {
        return open(vertx, path, new Opening(Migrations.all(), copies));
    }

    /** How the database gets up to date. */
    record Opening(Migrations migrations, SafetyCopies copies) {}

    static Future<SqliteDatabase> open(Vertx vertx, String path, Opening opening) {
        ContextExecutor loop = ContextExecutor.ofCurrent(vertx);
        return loop.call(() -> vertx.executeBlocking(() -> DatabaseFile.prepare(path, opening.copies()))
                .compose(prepared -> open(vertx, loop, prepared, opening)
                        .onFailure(failure -> prepared.lock().release())));
    }

    private static Future<SqliteDatabase> open(
            Vertx vertx, ContextExecutor loop, DatabaseFile.Prepared prepared, Opening opening) {
        Pool writer = SqlitePools.writer(vertx, prepared.file());
        Pool reader = SqlitePools.reader(vertx, prepared.file(), DatabaseWriter.MAX_WAITING);
        return new SqliteDatabase(vertx, loop, prepared, writer, reader)
                .initializeOrClose(opening)
                .recover(failure -> DatabaseException.is(failure, Kind.DISK_FULL)
                        ? openOnFullDisk(vertx, loop, prepared, opening, failure)
                        : Future.failedFuture(failure));
    }

    /** A full disk still allows reading, so that printers can be polled. */
    private static Future<SqliteDatabase> openOnFullDisk(
            Vertx vertx, ContextExecutor loop, DatabaseFile.Prepared prepared, Opening opening, Throwable full) {
        Pool exclusive = SqlitePools.exclusive(vertx, prepared.file(), DatabaseWriter.MAX_WAITING);
        return new SqliteDatabase(vertx, loop, prepared, exclusive, exclusive)
                .initializeOrClose(opening)
                .onSuccess(opened -> opened.health.onFailed(full));
    }

    private Future<SqliteDatabase> initializeOrClose(Opening opening) {
        return writer.initialize(opening.migrations(), opening.copies()).transform((done, failure) -> {
            if (failure == null) {
                maintenance.start();
                return Future.succeededFuture(this);
            }
            return Future.join(reader.close(), writer.close())
                    .transform((closed, second) -> Future.failedFuture(failure));
        });
    }

    /** For checks of the files, which run between writes. */
    DatabaseWriter writer() {
        return writer;
    }

    @Override
    public Future<List<Row>> query(String sql, Tuple values) {
        return query(sql, values, READ_LIMIT);
    }

    private Future<List<Row>> query(String sql, Tuple values, Duration limit) {
        return loop.call(() -> closed != null
                ? Future.failedFuture(writer.closedException())
                : reader.preparedQuery(sql)
                        .execute(values)
                        .map(result -> StatementResult.of(result).rows())
                        .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                        .recover(writer::failed));
    }

    @Override
    public Future<Facts> examine() {
        return pragma("user_version")
                .compose(schema -> pragma("page_size")
                        .compose(pageSize -> pragma("page_count")
                                .compose(pages -> pragma("freelist_count")
                                        .compose(free -> pragma("quick_check(5)")
                                                .map(check -> new Facts(
                                                        Long.parseLong(schema),
                                                        Long.parseLong(pageSize) * Long.parseLong(pages),
                                                        Long.parseLong(pageSize) * Long.parseLong(free),
                                                        check))))));
    }

    /** The first column of all rows. */
    private Future<String> pragma(String name) {
        return query("PRAGMA " + name, Tuple.tuple(), EXAMINE_LIMIT)
                .map(rows -> rows.stream()
                        .map(row -> String.valueOf(row.getValue(0)))
                        .collect(Collectors.joining("; ")));
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
        return writer.write(durability, List.copyOf(statements), TRANSACTION_LIMIT);
    }

    @Override
    public Future<Void> load(Supplier<Future<List<Statement>>> pages) {
        return writer.load(pages);
    }

    /** {@inheritDoc} The write-ahead log, which has old values too, is emptied. */
    @Override
    public Future<Void> compact() {
        return writer.compact();
    }

    @Override
    public Health health() {
        return health.health();
    }

    /** {@inheritDoc} Leaves one file, without a write-ahead log; takes at most 2 seconds. */
    @Override
    public synchronized Future<Void> close() {
        Future<Void> current = closed;
        if (current == null) {
            writer.rejectWrites();
            current = loop.call(this::closeNow);
            closed = current;
        }
        return current;
    }

    private Future<Void> closeNow() {
        maintenance.stop();
        Future<Void> readersClosed = writer.uses(reader) ? Future.succeededFuture() : reader.close();
        return readersClosed
                .compose(done -> writer.emptyLog())
                .timeout(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .transform((done, failure) -> {
                    if (failure != null) {
                        LOG.warn("database {} was closed without a checkpoint: {}", writer.file(), failure.toString());
                    }
                    return writer.close();
                })
                .eventually(() -> vertx.executeBlocking(
                        () -> {
                            lock.release();
                            return null;
                        },
                        false));
    }
}
