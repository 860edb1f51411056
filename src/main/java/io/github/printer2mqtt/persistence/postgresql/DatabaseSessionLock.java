package io.github.printer2mqtt.persistence.postgresql;

import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reserves a database for one bridge by an advisory lock, which the server releases when the session ends. The session writes
 * as well, so that nothing is written without the lock.
 *
 * @param application names the sessions of this process
 */
record DatabaseSessionLock(PostgresErrors errors, String application) {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseSessionLock.class);

    /** "p2mq"; locks are per database. */
    private static final int CLASS = 0x70326d71;

    private static final int BRIDGE = 1;
    private static final String HOLDER =
            "SELECT l.pid, a.application_name, host(a.client_addr) AS client, a.backend_start"
                    + " FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
                    + " WHERE l.locktype = 'advisory' AND l.granted AND l.classid::bigint = $1 AND l.objid::bigint = $2"
                    + " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    /** Fails with a {@code DatabaseException} of kind {@code IN_USE} if another session has the lock. */
    Future<Void> acquire(SqlConnection connection) {
        return connection
                .preparedQuery("SELECT pg_try_advisory_lock($1, $2)")
                .execute(Tuple.of(CLASS, BRIDGE))
                .compose(rows -> rows.iterator().next().getBoolean(0) ? Future.succeededFuture() : held(connection));
    }

    private Future<Void> held(SqlConnection connection) {
        return connection
                .preparedQuery(HOLDER)
                .execute(Tuple.of((long) CLASS, (long) BRIDGE))
                .compose(rows -> isOwn(rows) ? endOwn(connection, rows) : Future.succeededFuture(rows))
                .compose(rows -> Future.failedFuture(errors.exception(
                        Kind.IN_USE,
                        "another printer2mqtt uses it" + origin(first(rows))
                                + "; stop that one, or set database.url (PRINTER2MQTT_DATABASE_URL) to another database",
                        null)));
    }

    private boolean isOwn(RowSet<Row> holders) {
        Row holder = first(holders);
        return holder != null && application.equals(holder.getString("application_name"));
    }

    /** A session of ours that was cut off lives on at the server, which has not noticed yet. */
    private Future<RowSet<Row>> endOwn(SqlConnection connection, RowSet<Row> holders) {
        Row holder = first(holders);
        LOG.info(
                "database {}: ending an earlier session of this bridge that was cut off",
                errors.server().url());
        return connection
                .preparedQuery("SELECT pg_terminate_backend($1)")
                .execute(Tuple.of(holder == null ? 0 : holder.getInteger("pid")))
                .map(holders);
    }

    private static @Nullable Row first(RowSet<Row> rows) {
        return rows.size() == 0 ? null : rows.iterator().next();
    }

    private static String origin(@Nullable Row holder) {
        if (holder == null || holder.getString("client") == null) {
            return "";
        }
        OffsetDateTime since = holder.getOffsetDateTime("backend_start");
        return " (from " + holder.getString("client")
                + (since == null ? "" : ", connected since " + since.toInstant().truncatedTo(ChronoUnit.SECONDS)) + ")";
    }
}
