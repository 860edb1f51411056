package io.github.printer2mqtt.persistence.postgresql;

import io.github.printer2mqtt.cluster.LeaseStore;
import io.github.printer2mqtt.cluster.Node;
import io.github.printer2mqtt.config.DatabaseConfig;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.sql.CredentialEncryption;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The nodes and the lease in the database of the bridge, over a connection of its own. Its tables are not part of the schema
 * that migrations change, because nodes of different versions use them at the same time. Futures fail with a
 * {@link DatabaseException}. Belongs to one event loop.
 */
public final class PostgresLeaseStore implements LeaseStore {
    /** Tables with these names do not make a database one of another program. */
    static final List<String> TABLES = List.of("printer2mqtt_node", "printer2mqtt_lease");

    /** Two nodes that start at the same time must not both create them. */
    private static final List<String> CREATE = List.of(
            "SELECT pg_advisory_lock(1882352241, 2)",
            "CREATE TABLE IF NOT EXISTS printer2mqtt_node (name TEXT PRIMARY KEY, incarnation UUID NOT NULL,"
                    + " beat BIGINT NOT NULL, version TEXT NOT NULL, started_at TIMESTAMPTZ NOT NULL DEFAULT now())"
                    + " WITH (fillfactor = 50)",
            "CREATE TABLE IF NOT EXISTS printer2mqtt_lease (id SMALLINT PRIMARY KEY CHECK (id = 0), owner TEXT,"
                    + " incarnation UUID, epoch BIGINT NOT NULL)",
            "INSERT INTO printer2mqtt_lease (id, epoch) VALUES (0, 0) ON CONFLICT DO NOTHING",
            "SELECT pg_advisory_unlock(1882352241, 2)");

    private static final String BEAT =
            "WITH beaten AS (UPDATE printer2mqtt_node SET beat = beat + 1 WHERE name = $1 AND incarnation = $2"
                    + " RETURNING name)"
                    + " SELECT l.owner, l.incarnation AS owner_incarnation, l.epoch,"
                    + " EXISTS (SELECT FROM beaten) AS is_member,"
                    + " n.name, n.incarnation, n.beat, n.version, n.started_at"
                    + " FROM printer2mqtt_lease l LEFT JOIN printer2mqtt_node n ON true ORDER BY n.name";
    private static final String JOIN =
            "INSERT INTO printer2mqtt_node (name, incarnation, beat, version) VALUES ($1, $2, 0, $3) ON CONFLICT DO NOTHING";
    private static final String EVICT =
            "DELETE FROM printer2mqtt_node WHERE name = $1 AND incarnation = $2 AND beat = $3";
    private static final String CLAIM =
            "UPDATE printer2mqtt_lease l SET owner = $1, incarnation = $2, epoch = l.epoch + 1"
                    + " WHERE l.epoch = $3 AND EXISTS (SELECT FROM printer2mqtt_node WHERE name = $1 AND incarnation = $2)"
                    + " AND (l.owner IS NULL OR (l.owner = $1 AND l.incarnation = $2) OR NOT EXISTS"
                    + " (SELECT FROM printer2mqtt_node n WHERE n.name = l.owner AND n.incarnation = l.incarnation))"
                    + " RETURNING epoch";
    private static final String LEAVE =
            "WITH returned AS (UPDATE printer2mqtt_lease SET owner = NULL, incarnation = NULL"
                    + " WHERE owner = $1 AND incarnation = $2)"
                    + " DELETE FROM printer2mqtt_node WHERE name = $1 AND incarnation = $2";

    private static final String KEY = "SELECT value FROM setting WHERE name = $1";
    private static final long RETRY_MILLIS = 500;

    private final Vertx vertx;
    private final DatabaseConfig.Server server;
    private final PostgresErrors errors;
    private final Duration limit;
    private @Nullable Future<Pool> pool;

    /** @param limit for each statement */
    public PostgresLeaseStore(Vertx vertx, DatabaseConfig.Server server, Duration limit) {
        this.vertx = vertx;
        this.server = server;
        this.errors = new PostgresErrors(server);
        this.limit = limit;
    }

    /**
     * Connects and creates the tables where they are missing.
     *
     * @param patience for a server that cannot be reached, because it and the nodes are started at the same time
     */
    public Future<Void> open(Duration patience) {
        return open(System.nanoTime() + patience.toNanos());
    }

    private Future<Void> open(long until) {
        return execute("SELECT 1", Tuple.tuple()).<Void>mapEmpty().recover(failure -> {
            boolean mayRecover = failure instanceof DatabaseException problem
                    && LockedConnection.AWAY.contains(problem.kind())
                    && System.nanoTime() < until;
            return mayRecover
                    ? vertx.timer(RETRY_MILLIS, TimeUnit.MILLISECONDS).compose(waited -> open(until))
                    : Future.failedFuture(failure);
        });
    }

    /** The id of the key for the credentials in this database; null if it has none yet. */
    public Future<@Nullable String> keyId() {
        return execute("SELECT to_regclass('setting') IS NOT NULL", Tuple.tuple())
                .compose(rows -> rows.iterator().next().getBoolean(0)
                        ? execute(KEY, Tuple.of(CredentialEncryption.KEY_ID))
                                .map(found -> found.size() == 0
                                        ? null
                                        : found.iterator().next().getString(0))
                        : Future.succeededFuture());
    }

    @Override
    public Future<View> beat(Node node) {
        return execute(BEAT, Tuple.of(node.name(), node.incarnation())).map(PostgresLeaseStore::view);
    }

    @Override
    public Future<Void> join(Node node) {
        return execute(JOIN, Tuple.of(node.name(), node.incarnation(), node.version()))
                .mapEmpty();
    }

    @Override
    public Future<Void> evict(Member seen) {
        return execute(EVICT, Tuple.of(seen.name(), seen.incarnation(), seen.beat()))
                .mapEmpty();
    }

    @Override
    public Future<@Nullable Long> claim(Node node, long seenEpoch) {
        return execute(CLAIM, Tuple.of(node.name(), node.incarnation(), seenEpoch))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getLong(0));
    }

    @Override
    public Future<Void> leave(Node node) {
        return execute(LEAVE, Tuple.of(node.name(), node.incarnation())).mapEmpty();
    }

    private Future<RowSet<Row>> execute(String sql, Tuple values) {
        return connected()
                .compose(open -> open.preparedQuery(sql).execute(values))
                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> close().transform((closed, second) -> Future.failedFuture(errors.of(failure))));
    }

    /** A connection on which something failed may wait for a server that is gone, so each failure opens another. */
    private Future<Pool> connected() {
        Future<Pool> known = pool;
        if (known != null) {
            return known;
        }
        Future<Pool> opened = vertx.executeBlocking(() -> PostgresPools.of(vertx, server, "printer2mqtt lease"))
                .map(PostgresPools::writer)
                .compose(created -> created.withConnection(connection -> {
                            Future<?> tables = Future.succeededFuture();
                            for (String sql : CREATE) {
                                tables = tables.compose(
                                        before -> connection.query(sql).execute());
                            }
                            return tables;
                        })
                        .map(created)
                        .onFailure(failure -> created.close()));
        pool = opened;
        return opened;
    }

    @Override
    public Future<Void> close() {
        Future<Pool> known = pool;
        pool = null;
        if (known != null && known.succeeded()) {
            known.result().close();
        }
        return Future.succeededFuture();
    }

    private static View view(RowSet<Row> rows) {
        List<Member> nodes = new ArrayList<>();
        for (Row row : rows) {
            if (row.getString("name") != null) {
                nodes.add(new Member(
                        row.getString("name"),
                        row.getUUID("incarnation"),
                        row.getLong("beat"),
                        row.getString("version"),
                        Objects.requireNonNull(row.getOffsetDateTime("started_at"), "a column that is never null")
                                .toInstant()));
            }
        }
        Row first = rows.iterator().next();
        return new View(
                nodes,
                first.getBoolean("is_member"),
                first.getString("owner"),
                first.getUUID("owner_incarnation"),
                first.getLong("epoch"));
    }
}
