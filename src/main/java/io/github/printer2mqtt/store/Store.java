package io.github.printer2mqtt.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.jdbcclient.JDBCPool;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The SQLite file: one connection that writes, two that read. Writes run one after the other in the order they were asked
 * for. Safe for every thread; futures complete on the caller's context and fail with a {@link StoreProblem}.
 *
 * <p>A transaction is a list of statements and never code of the caller: a step that does not come back would hold the
 * database for everybody.
 */
public final class Store {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);
    private static final int MOST_WAITING = 1000;
    private static final int READERS = 2;
    private static final int BUSY_MILLIS = 2000;
    private static final int ATTEMPTS = 3;
    private static final Duration BODY_LIMIT = Duration.ofSeconds(3);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final Duration READ_LIMIT = Duration.ofSeconds(5);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final Loop loop;
    private final Path file;
    private final Pool writer;
    private final Pool reader;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable Future<Void> closed;

    private Store(Vertx vertx, Loop loop, Path file, Pool writer, Pool reader) {
        this.vertx = vertx;
        this.loop = loop;
        this.file = file;
        this.writer = writer;
        this.reader = reader;
    }

    /**
     * Opens the database and brings it to the newest shape; makes the file and its directory if they are missing.
     *
     * @param path of the file
     */
    public static Future<Store> open(Vertx vertx, String path) {
        return open(vertx, path, Migrations.all());
    }

    static Future<Store> open(Vertx vertx, String path, Migrations migrations) {
        Loop loop = Loop.here(vertx);
        return loop.call(() -> vertx.executeBlocking(() -> StoreFile.prepare(path))
                .map(file -> new Store(vertx, loop, file, writer(vertx, file), reader(vertx, file)))
                .compose(store -> migrations
                        .apply(vertx, store)
                        .transform((done, failure) -> failure == null
                                ? Future.succeededFuture(store)
                                : store.discard().transform((closed, second) -> Future.failedFuture(failure)))));
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
                        .map(result -> Outcome.of(result).rows())
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
    public Future<List<Outcome>> write(Durability durability, List<Statement> statements) {
        return write(durability, List.copyOf(statements), BODY_LIMIT);
    }

    Future<List<Outcome>> write(Durability durability, List<Statement> statements, Duration limit) {
        if (closed != null) {
            return Future.failedFuture(closedProblem());
        }
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return Future.failedFuture(new StoreProblem(
                    StoreProblem.Kind.BUSY, "database " + file + ": " + MOST_WAITING + " writes wait already"));
        }
        return loop.call(
                () -> writer.withConnection(connection -> attempt(connection, durability, statements, limit, 1))
                        .onComplete((done, failure) -> waiting.decrementAndGet())
                        .timeout(limit.plus(ANSWER_LIMIT).toMillis(), TimeUnit.MILLISECONDS)
                        .recover(this::failed));
    }

    /** The writer's own view, for what must be known before readers can be. */
    Future<List<Row>> read(String sql) {
        return writer.query(sql)
                .execute()
                .map(result -> Outcome.of(result).rows())
                .recover(this::failed);
    }

    /** The connection is kept between attempts, so that writes stay in order. */
    private Future<List<Outcome>> attempt(
            SqlConnection connection, Durability durability, List<Statement> statements, Duration limit, int number) {
        return new Transaction(vertx, connection, statements)
                .run(durability, limit)
                .recover(failure -> {
                    boolean busy = StoreProblem.is(StoreProblem.of(file, failure), StoreProblem.Kind.BUSY);
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
        return reader.close()
                .compose(done -> writer.withConnection(connection ->
                        connection.query("PRAGMA wal_checkpoint(TRUNCATE)").execute()))
                .timeout(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .transform((done, failure) -> {
                    if (failure != null) {
                        LOG.warn("database {} was closed without a checkpoint: {}", file, failure.toString());
                    }
                    return writer.close();
                });
    }

    private Future<Void> discard() {
        return Future.join(reader.close(), writer.close()).mapEmpty();
    }

    private <T> Future<T> failed(Throwable failure) {
        return Future.failedFuture(StoreProblem.of(file, failure));
    }

    private StoreProblem closedProblem() {
        return new StoreProblem(StoreProblem.Kind.CLOSED, "database " + file + ": it is closed");
    }

    private static Pool writer(Vertx vertx, Path file) {
        SQLiteConfig config = config();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        return JDBCPool.pool(vertx, source(file, config), new PoolOptions().setMaxSize(1));
    }

    private static Pool reader(Vertx vertx, Path file) {
        SQLiteConfig config = config();
        config.setReadOnly(true);
        return JDBCPool.pool(
                vertx,
                source(file, config),
                new PoolOptions().setMaxSize(READERS).setMaxWaitQueueSize(MOST_WAITING));
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        return config;
    }

    private static SQLiteDataSource source(Path file, SQLiteConfig config) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }
}
