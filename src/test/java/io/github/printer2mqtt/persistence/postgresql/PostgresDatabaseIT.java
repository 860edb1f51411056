package io.github.printer2mqtt.persistence.postgresql;

import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static io.github.printer2mqtt.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.DatabaseConfig;
import io.github.printer2mqtt.config.DatabaseConfig.Server;
import io.github.printer2mqtt.config.DatabaseConfig.Tls;
import io.github.printer2mqtt.config.type.DatabaseUrl;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.Database.Durability;
import io.github.printer2mqtt.persistence.sql.Statement;
import io.github.printer2mqtt.persistence.transfer.Tables;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.PostgresServer;
import io.github.printer2mqtt.testing.TcpProxy;
import io.github.printer2mqtt.testing.TestDatabase;
import io.github.printer2mqtt.testing.VertxInstance;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a PostgreSQL server and the way to it may do to the database of a bridge. */
@Timeout(120)
class PostgresDatabaseIT {
    /** For a server that answers, where another bridge has the lock. */
    private static final LockedConnection.Timing IMPATIENT = new LockedConnection.Timing(
            Duration.ofSeconds(30), Duration.ofMillis(300), Duration.ofMillis(100), Duration.ofMillis(500));

    /** For a server that is not there. */
    private static final LockedConnection.Timing SHORT = new LockedConnection.Timing(
            Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(100), Duration.ofMillis(500));

    private static final LockedConnection.Timing PATIENT = new LockedConnection.Timing(
            Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMillis(100), Duration.ofMillis(500));

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();

    @Test
    void secondBridgeIsRefusedWhileTheFirstLives() {
        Server server = PostgresServer.shared().newDatabase();
        Database first = done(open(server, PATIENT));

        DatabaseException refused = refused(open(server, IMPATIENT));
        assertThat(refused.kind()).isEqualTo(Kind.IN_USE);
        assertThat(refused)
                .hasMessageStartingWith("database " + server.url()
                        + ": another printer2mqtt uses it (from 127.0.0.1, connected since 2")
                .hasMessageEndingWith(
                        "); stop that one, or set database.url (PRINTER2MQTT_DATABASE_URL) to another database");
        done(put(first, "a"));
        done(first.close());

        Database second = done(open(server, PATIENT));
        assertThat(done(names(second))).isEqualTo("a");
        done(second.close());
    }

    @Test
    void wrongLoginAndWrongDatabaseAreNamedAtOnce() {
        PostgresServer postgres = PostgresServer.shared();
        Server right = postgres.newDatabase();

        assertThat(refused(open(
                        new Server(right.url(), right.username(), Secret.of("canary"), Tls.DISABLE, null), PATIENT)))
                .hasMessageContaining(
                        "the server rejects the login of bridge; check database.username, database.password")
                .hasMessageNotContaining("canary");
        assertThat(refused(open(postgres.login("nowhere"), PATIENT)))
                .hasMessageContaining("postgresql://127.0.0.1:" + postgres.port()
                        + "/nowhere: the server has no such database; create it there");
        assertThat(refused(open(right.at(new DatabaseUrl("127.0.0.1", Ports.free(), "a")), SHORT)))
                .hasMessageContaining("it cannot be reached: ");
        assertThat(refused(open(right.at(new DatabaseUrl("db.invalid", 5432, "a")), SHORT)))
                .hasMessageContaining("it cannot be reached: ");
    }

    @Test
    void databasesOfOthersAndOfNewerBridgesStayAsTheyAre() {
        PostgresServer postgres = PostgresServer.shared();
        Server foreign = postgres.newDatabase();
        postgres.sql(foreign.url().database(), "CREATE TABLE invoice (id integer)");
        assertThat(refused(open(foreign, PATIENT)))
                .hasMessageContaining("it belongs to another program (found the table invoice in it)");
        assertThat(postgres.sql(foreign.url().database(), "SELECT to_regclass('printer') IS NULL"))
                .isEqualTo("t");

        Server newer = postgres.newDatabase();
        done(done(open(newer, PATIENT)).close());
        postgres.sql(newer.url().database(), "UPDATE printer2mqtt_schema SET version = 99");
        assertThat(refused(open(newer, PATIENT)))
                .hasMessageContaining(
                        "it was written by a newer printer2mqtt (schema version 99, this one supports up to 5);"
                                + " update printer2mqtt, or restore a dump");

        postgres.sql("postgres", "CREATE DATABASE ascii ENCODING 'SQL_ASCII' TEMPLATE template0");
        assertThat(refused(open(postgres.login("ascii"), PATIENT)))
                .hasMessageContaining("its encoding is SQL_ASCII, expected UTF8");

        postgres.sql("postgres", "CREATE ROLE guest LOGIN PASSWORD 'guest'");
        Server owned = postgres.newDatabase();
        postgres.sql(owned.url().database(), "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        assertThat(refused(open(new Server(owned.url(), "guest", Secret.of("guest"), Tls.DISABLE, null), PATIENT)))
                .hasMessageContaining("the role guest lacks a right; make it the owner of the database");
    }

    @Test
    void failedUpgradeLeavesTheDatabaseAsItWas() {
        PostgresServer postgres = PostgresServer.shared();
        Server server = postgres.newDatabase();
        Database before = done(open(server, PATIENT));
        done(put(before, "kept"));
        done(before.close());

        // The first file again, whose tables exist already.
        List<PostgresMigrations.Migration> failing =
                List.of(PostgresMigrations.FILES.get(0), new PostgresMigrations.Migration(6, "V5__schema.sql"));
        assertThat(failure(PostgresDatabase.open(vertx, server, null, PATIENT, failing)))
                .hasMessageContaining("already exists");

        Database after = done(open(server, PATIENT));
        assertThat(done(names(after))).isEqualTo("kept");
        done(after.close());
    }

    @Test
    void bothProductsHaveTheSameTablesAndColumns() {
        Server server = PostgresServer.shared().newDatabase();
        Database postgres = done(open(server, PATIENT));
        TestDatabase sqlite = new TestDatabase();
        assertThat(done(sqlite.database()
                        .query(
                                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
                                Tuple.tuple())))
                .extracting(row -> row.getString(0))
                .containsExactlyInAnyOrderElementsOf(Tables.NAMES);
        assertThat(done(postgres.examine()).schemaVersion())
                .isEqualTo(done(sqlite.database().examine()).schemaVersion());
        for (String table : Tables.NAMES) {
            List<@Nullable String> columns =
                    done(sqlite.database().query("SELECT name FROM pragma_table_info(?)", Tuple.of(table))).stream()
                            .map(row -> row.getString(0))
                            .toList();
            assertThat(done(postgres.query(
                            "SELECT column_name::text FROM information_schema.columns WHERE table_name = ?",
                            Tuple.of(table))))
                    .as(table)
                    .extracting(row -> row.getString(0))
                    .containsExactlyInAnyOrderElementsOf(columns);
        }
        done(postgres.compact());
        sqlite.close();
        done(postgres.close());
    }

    @Test
    void failedTransactionStoresNothingAndTheNextOneWorks() {
        Database database = done(open(PostgresServer.shared().newDatabase(), PATIENT));

        DatabaseException duplicate =
                refused(database.write(Durability.FULL, List.of(insert("a"), insert("b"), insert("a"))));
        assertThat(duplicate.kind()).isEqualTo(Kind.CONSTRAINT);
        assertThat(refused(database.write(Durability.FULL, List.of(insert("a"), Statement.of("SELECT pg_sleep(20)"))))
                        .kind())
                .isEqualTo(Kind.TIMEOUT);
        assertThat(refused(database.query("DELETE FROM setting", Tuple.tuple()).mapEmpty()))
                .hasMessageContaining("read-only");

        done(put(database, "c"));
        assertThat(done(names(database))).isEqualTo("c");
        done(database.close());
    }

    @Test
    void stoppedKilledAndHangingServersAreWaitedFor() {
        try (PostgresServer postgres = PostgresServer.start()) {
            Database database = done(open(postgres.newDatabase(), PATIENT));
            done(put(database, "a"));
            List<Runnable> failures = List.of(postgres::stop, postgres::kill, postgres::pause);
            List<Runnable> repairs = List.of(postgres::restart, postgres::restart, postgres::resume);
            for (int i = 0; i < failures.size(); i++) {
                failures.get(i).run();
                until("the loss is noticed", () -> database.health().detail() != null);
                assertThat(database.health().detail()).contains("it cannot be reached");
                assertThat(refused(put(database, "lost" + i)).kind()).isEqualTo(Kind.UNREACHABLE);
                assertThat(refused(names(database)).kind()).isEqualTo(Kind.UNREACHABLE);

                repairs.get(i).run();
                until("it works again", () -> database.health().detail() == null);
                String name = "back" + i;
                done(put(database, name));
                assertThat(done(names(database))).endsWith(name);
            }
            assertThat(done(names(database))).isEqualTo("a back0 back1 back2");
            assertThat(database.evicted().isComplete()).isFalse();
            done(database.close());
        }
    }

    @Test
    void ownSessionThatTheServerBelievesAliveIsEnded() {
        PostgresServer postgres = PostgresServer.shared();
        Server direct = postgres.newDatabase();
        try (TcpProxy network = TcpProxy.to(vertx, postgres.port())) {
            Database database = done(open(through(network, direct), PATIENT));
            done(put(database, "a"));
            network.strand();
            until("the loss is noticed", () -> database.health().detail() != null);
            until("it works again", () -> database.health().detail() == null);
            done(put(database, "b"));
            assertThat(done(names(database))).isEqualTo("a b");
            done(database.close());
        }
    }

    @Test
    void bridgeWhoseDatabaseAnotherOneTookMeanwhileIsEvicted() {
        PostgresServer postgres = PostgresServer.shared();
        Server direct = postgres.newDatabase();
        try (TcpProxy network = TcpProxy.to(vertx, postgres.port())) {
            Database cutOff = done(open(through(network, direct), IMPATIENT));
            network.cut();
            until("the loss is noticed", () -> cutOff.health().detail() != null);
            Database other = done(open(direct, PATIENT));
            network.restore();

            assertThat(failure(cutOff.evicted())).hasMessageContaining("another printer2mqtt uses it (from 127.0.0.1");
            assertThat(refused(put(cutOff, "late")).kind()).isEqualTo(Kind.IN_USE);
            done(put(other, "b"));
            assertThat(done(names(other))).isEqualTo("b");
            done(cutOff.close());
            done(other.close());
        }
    }

    private static Server through(TcpProxy network, Server server) {
        return server.at(
                new DatabaseUrl("127.0.0.1", network.port(), server.url().database()));
    }

    private Future<PostgresDatabase> open(DatabaseConfig.Server server, LockedConnection.Timing timing) {
        return PostgresDatabase.open(vertx, server, null, timing, PostgresMigrations.FILES);
    }

    private static DatabaseException refused(Future<?> future) {
        return (DatabaseException) failure(future);
    }

    private static Statement insert(String name) {
        return Statement.of("INSERT INTO setting (name, value) VALUES (?, ?)", Tuple.of(name, "1"));
    }

    private static Future<?> put(Database database, String name) {
        return database.write(Durability.FULL, List.of(insert(name)));
    }

    private static Future<String> names(Database database) {
        return database.query("SELECT string_agg(name, ' ' ORDER BY name) FROM setting", Tuple.tuple())
                .map(rows -> String.valueOf(rows.get(0).getString(0)));
    }
}
