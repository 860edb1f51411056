package io.github.printer2mqtt.persistence.postgresql;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import io.github.printer2mqtt.persistence.DatabaseHealth;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one connection that writes, which holds the lock of the database. A lost one is opened again, for as long as it takes.
 * Belongs to one event loop.
 */
final class LockedConnection {
    /** Of a server that may be starting. */
    static final Set<Kind> AWAY = Set.of(Kind.UNREACHABLE, Kind.TIMEOUT);

    private final Vertx vertx;
    private final PostgresPools pools;
    private final PostgresErrors errors;
    private final DatabaseHealth health;
    private final DatabaseSessionLock lock;
    private final Timing timing;
    private final Runnable onLost;
    private final LongSupplier nanoTime;
    private final Promise<Void> evicted = Promise.promise();
    private @Nullable Open open;
    private @Nullable DatabaseException lost;
    private @Nullable Long inUseSince;
    private boolean closed;

    /**
     * How long is waited for what.
     *
     * @param start for a server that cannot be reached when the bridge starts, because both are started at the same time
     * @param lock for another session that has the lock, which may be that of a bridge that was just killed
     * @param retry between two attempts
     * @param heartbeat between two signs of life
     */
    record Timing(Duration start, Duration lock, Duration retry, Duration heartbeat) {
        static Timing defaults() {
            return new Timing(
                    Duration.ofSeconds(20), Duration.ofSeconds(6), Duration.ofSeconds(1), Duration.ofSeconds(2));
        }
    }

    private record Open(Pool pool, SqlConnection connection, long heartbeat) {}

    /**
     * @param holder the term of this node; null for a bridge that shares its printers with no other
     * @param onLost called when the connection was lost, after which others to the server are of no use either
     */
    LockedConnection(
            Vertx vertx,
            PostgresPools pools,
            PostgresErrors errors,
            DatabaseHealth health,
            Timing timing,
            Ownership.@Nullable Holder holder,
            Runnable onLost,
            LongSupplier nanoTime) {
        this.vertx = vertx;
        this.pools = pools;
        this.errors = errors;
        this.health = health;
        this.lock = new DatabaseSessionLock(errors, pools.application(), holder);
        this.timing = timing;
        this.onLost = onLost;
        this.nanoTime = nanoTime;
    }

    /** Connects for the first time. Fails with a {@link DatabaseException}. */
    Future<Void> open() {
        return open(nanoTime.getAsLong());
    }

    private Future<Void> open(long since) {
        return attempt().recover(failure -> {
            DatabaseException problem = errors.of(failure);
            boolean mayRecover = problem.kind() == Kind.IN_USE
                    ? !hasPassed(since, timing.lock())
                    : AWAY.contains(problem.kind()) && !hasPassed(since, timing.start());
            return mayRecover && !closed ? pause().compose(waited -> open(since)) : Future.failedFuture(problem);
        });
    }

    private Future<?> pause() {
        return vertx.timer(timing.retry().toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean hasPassed(long since, Duration limit) {
        return nanoTime.getAsLong() - since >= limit.toNanos();
    }

    private Future<Void> attempt() {
        Pool pool = pools.writer();
        return pool.getConnection()
                .compose(connection -> lock.acquire(connection).map(connection))
                .timeout(PostgresPools.SILENCE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> pool.close())
                .compose(connection -> {
                    if (closed) {
                        return pool.close().compose(done -> Future.failedFuture(closedException()));
                    }
                    connection.closeHandler(gone -> onLost(pool, "the connection was lost"));
                    long heartbeat = vertx.setPeriodic(timing.heartbeat().toMillis(), now -> beat(pool, connection));
                    open = new Open(pool, connection, heartbeat);
                    lost = null;
                    inUseSince = null;
                    health.onWorking();
                    return Future.succeededFuture();
                });
    }

    /** An answer of any kind proves that the server still is there. */
    private void beat(Pool pool, SqlConnection connection) {
        connection
                .query("SELECT 1")
                .execute()
                .timeout(PostgresPools.SILENCE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> {
                    if (failure instanceof TimeoutException) {
                        onLost(pool, "the server does not respond");
                    }
                });
    }

    private void onLost(Pool pool, String how) {
        Open before = open;
        if (before == null || before.pool() != pool) {
            return;
        }
        forget(before);
        if (!closed) {
            onLost.run();
            onProblem(errors.unreachable(how, null));
            reconnect();
        }
    }

    private void forget(Open before) {
        open = null;
        vertx.cancelTimer(before.heartbeat());
        before.pool().close();
    }

    private void onProblem(DatabaseException problem) {
        lost = problem;
        health.onFailed(problem);
    }

    private void reconnect() {
        pause().compose(waited -> closed ? Future.succeededFuture() : attempt()).onFailure(failure -> {
            DatabaseException problem = errors.of(failure);
            onProblem(problem);
            if (problem.kind() != Kind.IN_USE) {
                inUseSince = null;
            } else if (inUseSince == null) {
                inUseSince = nanoTime.getAsLong();
            } else if (hasPassed(inUseSince, timing.lock())) {
                evicted.tryFail(problem);
                return;
            }
            reconnect();
        });
    }

    /** The connection; fails with a {@link DatabaseException} while there is none. */
    Future<SqlConnection> connection() {
        Open now = open;
        if (now != null) {
            return Future.succeededFuture(now.connection());
        }
        return Future.failedFuture(lost == null ? closedException() : lost);
    }

    /** As {@link io.github.printer2mqtt.persistence.sql.Database#evicted()}. */
    Future<Void> evicted() {
        return evicted.future();
    }

    DatabaseException closedException() {
        return errors.exception(Kind.CLOSED, "it is closed", null);
    }

    /** Releases the lock before the session ends, which the server may notice later. */
    Future<Void> close() {
        closed = true;
        Open before = open;
        if (before == null) {
            return Future.succeededFuture();
        }
        return before.connection()
                .query("SELECT pg_advisory_unlock_all()")
                .execute()
                .<Void>mapEmpty()
                .eventually(() -> {
                    open = null;
                    vertx.cancelTimer(before.heartbeat());
                    return before.pool().close();
                });
    }
}
