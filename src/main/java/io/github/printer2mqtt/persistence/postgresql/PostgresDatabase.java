package io.github.printer2mqtt.persistence.postgresql;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.config.DatabaseConfig;
import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import io.github.printer2mqtt.persistence.DatabaseHealth;
import io.github.printer2mqtt.persistence.sql.BulkTransaction;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.Statement;
import io.github.printer2mqtt.persistence.sql.StatementResult;
import io.github.printer2mqtt.persistence.sql.Transaction;
import io.github.printer2mqtt.persistence.transfer.Tables;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database at a PostgreSQL server, used by one bridge alone: one connection that writes and holds its lock, and two that
 * read. Writes run one after the other. While the server cannot be reached, everything fails at once with {@code UNREACHABLE}.
 */
public final class PostgresDatabase implements Database {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);

    /** Begins the names of the sessions of a bridge that shares its printers with no other. */
    private static final String ALONE = "printer2mqtt ";

    /** Writes that may wait. */
    private static final int MAX_WAITING = 1000;

    private static final Duration TRANSACTION_LIMIT = Duration.ofSeconds(3);
    private static final Duration MAINTENANCE_LIMIT = Duration.ofMinutes(2);
    private static final Duration READ_LIMIT = Duration.ofSeconds(6);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    /** Ids that came with the rows count as used. */
    private static final List<Statement> NEXT_IDS = Stream.of("job_history", "state_history")
            .map(table -> Statement.of("SELECT setval(pg_get_serial_sequence('" + table
                    + "', 'id'), COALESCE(MAX(id), 1), MAX(id) IS NOT NULL) FROM " + table))
            .toList();

    private final Vertx vertx;
    private final ContextExecutor loop;
    private final PostgresPools pools;
    private final PostgresErrors errors;
    private final DatabaseHealth health;
    private final LockedConnection writer;
    private Pool readers;
    private final AtomicInteger waiting = new AtomicInteger();

    /** The newest write; never fails. */
    private Future<Void> newest = Future.succeededFuture();

    private volatile @Nullable Future<Void> closed;

    private PostgresDatabase(
            Vertx vertx,
            ContextExecutor loop,
            PostgresPools pools,
            LockedConnection.Timing timing,
            Ownership.@Nullable Holder holder) {
        this.vertx = vertx;
        this.loop = loop;
        this.pools = pools;
        this.errors = new PostgresErrors(pools.server());
        this.health = DatabaseHealth.atServer(pools.server().url().toString());
        this.writer = new LockedConnection(
                vertx, pools, errors, health, timing, holder, this::replaceReaders, System::nanoTime);
        this.readers = pools.readers(MAX_WAITING);
    }

    private static String randomId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /**
     * Opens an existing database, in which tables are created or migrated to the newest schema. Waits 20 seconds for a server
     * that cannot be reached. Fails with a {@link DatabaseException} of kind {@code IN_USE} while another bridge uses it.
     */
    public static Future<PostgresDatabase> open(Vertx vertx, DatabaseConfig.Server server) {
        return open(vertx, server, null);
    }

    /**
     * The same for a node, whose database is used by the one that has the lease.
     *
     * @param holder the term of this node; null for a bridge that shares its printers with no other
     */
    public static Future<PostgresDatabase> open(
            Vertx vertx, DatabaseConfig.Server server, Ownership.@Nullable Holder holder) {
        return open(vertx, server, holder, LockedConnection.Timing.defaults(), PostgresMigrations.FILES);
    }

    static Future<PostgresDatabase> open(
            Vertx vertx,
            DatabaseConfig.Server server,
            Ownership.@Nullable Holder holder,
            LockedConnection.Timing timing,
            List<PostgresMigrations.Migration> migrations) {
        ContextExecutor loop = ContextExecutor.ofCurrent(vertx);
        return loop.call(() -> vertx.executeBlocking(() -> PostgresPools.of(
                        vertx, server, (holder == null ? ALONE : DatabaseSessionLock.NODE) + randomId()))
                .compose(pools -> new PostgresDatabase(vertx, loop, pools, timing, holder).initialize(migrations)));
    }

    private Future<PostgresDatabase> initialize(List<PostgresMigrations.Migration> migrations) {
        return writer.open()
                .compose(open -> writer.connection())
                .compose(connection ->
                        new PostgresMigrations(vertx, errors, migrations).apply(connection, this::migrate))
                .map(this)
                .recover(failure -> closeNow().transform((done, second) -> Future.failedFuture(errors.of(failure))));
    }

    private Future<Void> migrate(List<Statement> statements) {
        return maintain(connection -> new Transaction(vertx, connection, statements)
                .run("BEGIN", MAINTENANCE_LIMIT)
                .mapEmpty());
    }

    private <T> Future<T> maintain(Function<SqlConnection, Future<T>> work) {
        Pool pool = pools.maintenance();
        return pool.withConnection(work)
                .timeout(MAINTENANCE_LIMIT.plus(PostgresPools.SILENCE_LIMIT).toMillis(), TimeUnit.MILLISECONDS)
                .recover(this::failed)
                .onComplete(done -> pool.close());
    }

    /** Its connections may wait for a server that never responds. */
    private void replaceReaders() {
        readers.close();
        readers = pools.readers(MAX_WAITING);
    }

    @Override
    public Future<List<Row>> query(String sql, Tuple values) {
        String numbered = Placeholders.numbered(sql);
        return loop.call(() -> closed != null
                ? Future.failedFuture(writer.closedException())
                : writer.connection()
                        .compose(connected -> read(numbered, values))
                        .recover(failure -> isLost(failure) ? read(numbered, values) : Future.failedFuture(failure))
                        .recover(this::failed));
    }

    /** The connection may have been closed for its age at the moment it was used. */
    private boolean isLost(Throwable failure) {
        return !(failure instanceof DatabaseException) && errors.of(failure).kind() == Kind.UNREACHABLE;
    }

    private Future<List<Row>> read(String numbered, Tuple values) {
        return readers.preparedQuery(numbered)
                .execute(values)
                .map(result -> StatementResult.of(result).rows())
                .timeout(READ_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Rejected at once while 1,000 writes wait or the server cannot be reached; rolled back after 3 seconds. If the
     * connection is lost while the transaction is being committed, whether it was stored is unknown. The server decides on
     * durability, which is full unless it is configured otherwise.
     */
    @Override
    public Future<List<StatementResult>> write(Durability durability, List<Statement> statements) {
        List<Statement> numbered =
                statements.stream().map(Placeholders::numbered).toList();
        if (closed != null) {
            return Future.failedFuture(writer.closedException());
        }
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            return Future.failedFuture(errors.exception(Kind.BUSY, MAX_WAITING + " writes are already waiting", null));
        }
        return loop.call(() -> afterOthers(() -> transaction(numbered))
                .onComplete(done -> waiting.decrementAndGet())
                .onSuccess(written -> health.onWorking())
                .onFailure(health::onFailed));
    }

    private <T> Future<T> afterOthers(Supplier<Future<T>> work) {
        Future<T> result = newest.compose(before -> work.get());
        newest = result.transform((done, failure) -> Future.succeededFuture());
        return result;
    }

    private Future<List<StatementResult>> transaction(List<Statement> statements) {
        return writer.connection()
                .compose(connection -> new Transaction(vertx, connection, statements).run("BEGIN", TRANSACTION_LIMIT))
                .timeout(TRANSACTION_LIMIT.plus(PostgresPools.SILENCE_LIMIT).toMillis(), TimeUnit.MILLISECONDS)
                .recover(this::failed);
    }

    @Override
    public Future<Void> load(Supplier<Future<List<Statement>>> pages) {
        return loop.call(() -> afterOthers(() -> writer.connection()
                .compose(connection ->
                        new BulkTransaction(vertx, connection, () -> numbered(pages)).run("BEGIN", NEXT_IDS))
                .recover(this::failed)));
    }

    private static Future<List<Statement>> numbered(Supplier<Future<List<Statement>>> pages) {
        return pages.get().map(page -> page.stream().map(Placeholders::numbered).toList());
    }

    private <T> Future<T> failed(Throwable failure) {
        return Future.failedFuture(errors.of(failure));
    }

    /** {@inheritDoc} The server's log of writes and its backups may have old values longer. */
    @Override
    public Future<Void> compact() {
        return loop.call(() -> maintain(connection -> connection
                .query("VACUUM (FULL) " + String.join(", ", Tables.NAMES))
                .execute()
                .mapEmpty()));
    }

    @Override
    public Future<Facts> examine() {
        return query(
                        "SELECT (SELECT version FROM printer2mqtt_schema) AS version, pg_database_size(current_database())"
                                + " AS bytes, current_setting('server_version') AS server",
                        Tuple.tuple())
                .map(rows -> rows.get(0))
                .map(row -> new Facts(
                        row.getInteger("version"),
                        row.getLong("bytes"),
                        null,
                        "not checked: PostgreSQL " + row.getString("server") + " checks its own files"));
    }

    @Override
    public Future<Void> evicted() {
        return writer.evicted();
    }

    @Override
    public Health health() {
        return health.health();
    }

    /** {@inheritDoc} Takes at most 3 seconds. */
    @Override
    public synchronized Future<Void> close() {
        Future<Void> current = closed;
        if (current == null) {
            current = loop.call(() -> newest.timeout(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .transform((written, late) -> closeNow()));
            closed = current;
        }
        return current;
    }

    private Future<Void> closeNow() {
        return Future.join(bounded(readers.close()), bounded(writer.close())).transform((done, failure) -> {
            if (failure != null) {
                LOG.warn(
                        "database {} was not closed in time: {}",
                        errors.server().url(),
                        failure.toString());
            }
            return Future.succeededFuture();
        });
    }

    private static Future<Void> bounded(Future<Void> closing) {
        return closing.timeout(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
