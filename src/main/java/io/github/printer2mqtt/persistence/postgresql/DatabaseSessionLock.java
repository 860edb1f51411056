package io.github.printer2mqtt.persistence.postgresql;

import io.github.printer2mqtt.cluster.Ownership;
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
 * as well, so that nothing is written without the lock. A node gets the lock only while it has the lease, and then ends the
 * session of the node that had it before, which may hang.
 *
 * @param application names the sessions of this process
 * @param holder the term of this node; null for a bridge that shares its printers with no other
 */
record DatabaseSessionLock(PostgresErrors errors, String application, Ownership.@Nullable Holder holder) {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseSessionLock.class);

    /** "p2mq"; locks are per database. */
    private static final int CLASS = 0x70326d71;

    private static final int BRIDGE = 1;

    /** Begins the names of the sessions of nodes; only another node may end them. */
    static final String NODE = "printer2mqtt node ";

    /** One statement with what it protects: it may arrive after the lease was taken over. */
    private static final String IF_LEASED = " EXISTS (SELECT FROM printer2mqtt_lease WHERE owner = $3 AND epoch = $4)";

    private static final String HOLDER =
            "SELECT l.pid, a.application_name, host(a.client_addr) AS client, a.backend_start"
                    + " FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
                    + " WHERE l.locktype = 'advisory' AND l.granted AND l.classid::bigint = $1 AND l.objid::bigint = $2"
                    + " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    /** Fails with a {@code DatabaseException} of kind {@code IN_USE} if another session has the lock. */
    Future<Void> acquire(SqlConnection connection) {
        return (holder == null
                        ? connection
                                .preparedQuery("SELECT pg_try_advisory_lock($1, $2)")
                                .execute(Tuple.of(CLASS, BRIDGE))
                        : connection
                                .preparedQuery("SELECT pg_try_advisory_lock($1, $2) WHERE" + IF_LEASED)
                                .execute(Tuple.of(CLASS, BRIDGE, holder.node(), holder.epoch())))
                .compose(rows -> rows.size() == 0
                        ? Future.failedFuture(errors.exception(Kind.IN_USE, "another node has the lease", null))
                        : rows.iterator().next().getBoolean(0) ? Future.succeededFuture() : held(connection));
    }

    private Future<Void> held(SqlConnection connection) {
        return endPredecessor(connection)
                .compose(ended -> connection.preparedQuery(HOLDER).execute(Tuple.of((long) CLASS, (long) BRIDGE)))
                .compose(rows -> isOwn(rows) ? endOwn(connection, rows) : Future.succeededFuture(rows))
                .compose(rows -> Future.failedFuture(errors.exception(
                        Kind.IN_USE,
                        "another printer2mqtt uses it" + origin(first(rows))
                                + "; stop that one, or set database.url (PRINTER2MQTT_DATABASE_URL) to another database",
                        null)));
    }

    /** Ends the session of the node that had the lease before; the next attempt finds the lock free. */
    private Future<?> endPredecessor(SqlConnection connection) {
        return holder == null
                ? Future.succeededFuture()
                : connection
                        .preparedQuery("SELECT pg_terminate_backend(h.pid) FROM (" + HOLDER + ") h WHERE"
                                + " h.application_name LIKE '" + NODE + "%' AND" + IF_LEASED)
                        .execute(Tuple.of((long) CLASS, (long) BRIDGE, holder.node(), holder.epoch()));
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
