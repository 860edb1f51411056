package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.DatabaseConfig.Server;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.postgresql.PostgresDatabase;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.Database.Durability;
import io.github.printer2mqtt.persistence.sql.SqlPrinterRepository;
import io.github.printer2mqtt.persistence.sql.Statement;
import io.github.printer2mqtt.persistence.sqlite.SqliteDatabase;
import io.github.printer2mqtt.persistence.transfer.Tables;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.PostgresServer;
import io.github.printer2mqtt.testing.TestDatabase;
import io.github.printer2mqtt.testing.TestPrinters;
import io.github.printer2mqtt.testing.VertxInstance;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code database copy} between a file and a server. */
@Timeout(120)
class DatabaseCopyIT {
    private static final PrinterId PRINTER = new PrinterId("a");

    /** More than one page. */
    private static final int MANY = 1_203;

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    private final Server server = PostgresServer.shared().newDatabase();
    private final String url = server.url().toString();

    @SuppressWarnings("NullAway.Init") // before each test
    private String file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("old.db").toString();
    }

    @Test
    void everythingIsCopiedToAServerAndBack() {
        fill();
        Map<String, List<String>> original = inFile(file);
        assertThat(original.values()).as("each table has rows").noneMatch(List::isEmpty);

        assertThat(copy(file, url)).first().asString().startsWith("copied ").endsWith(" from " + file + " to " + url);
        assertThat(atServer()).isEqualTo(original);
        String back = folder.resolve("new.db").toString();
        copy(url, back);
        assertThat(inFile(back)).isEqualTo(original);
    }

    @Test
    void idsGoOnAndCredentialsAreReadable() {
        fill();
        copy(file, url);

        Database database = Await.done(PostgresDatabase.open(instance.vertx(), server));
        Await.done(database.write(Durability.FULL, List.of(state("new"))));
        assertThat(Await.done(database.query("SELECT MAX(id) FROM state_history WHERE name = 'new'", Tuple.tuple())))
                .extracting(row -> row.getLong(0))
                .containsExactly(MANY + 1L);
        SqlPrinterRepository printers = new SqlPrinterRepository(instance.vertx(), database, TestDatabase.cipher());
        Await.done(printers.load());
        assertThat(printers.credentials(PRINTER)).isEqualTo(credentials());
        Await.done(database.close());
    }

    @Test
    void databasesInUseFilledOrEmptyAreRefused() {
        fill();
        String empty = folder.resolve("empty.db").toString();
        assertRefused(empty, url, "--from: found no file \"" + empty + "\", expected a SQLite database or a URL");
        assertRefused(url, empty, "--from: the database has nothing to copy; nothing was copied");
        assertRefused(file, "postgresql://me@db/x", "--to: found a user name in the URL, expected it in");

        Database used = Await.done(SqliteDatabase.open(instance.vertx(), file));
        assertRefused(file, url, "another printer2mqtt uses it");
        Await.done(used.close());
        Database bridge = Await.done(PostgresDatabase.open(instance.vertx(), server));
        assertRefused(file, url, "another printer2mqtt uses it");
        Await.done(bridge.close());

        copy(file, url);
        Map<String, List<String>> before = atServer();
        assertRefused(
                file,
                url,
                "--to: the database is not empty (its table printer has rows); name a new file or an empty database;"
                        + " nothing was copied");
        assertThat(atServer()).isEqualTo(before);
    }

    @Test
    void failedCopyLeavesNothing() {
        fill();
        Database target = Await.done(PostgresDatabase.open(instance.vertx(), server));
        // The last table that is copied rejects one of its last rows.
        Await.done(target.write(
                Durability.FULL,
                List.of(Statement.of("ALTER TABLE state_history ADD CONSTRAINT late CHECK (id < " + MANY + ")"))));
        Await.done(target.close());

        assertRefused(file, url, "late");
        assertThat(atServer().values()).allMatch(List::isEmpty);
    }

    private void assertRefused(String from, String to, String line) {
        assertThatThrownBy(() -> copy(from, to)).hasMessageContaining(line);
    }

    private List<String> copy(String from, String to) {
        JsonObject database = new JsonObject()
                .put("path", file)
                .put("url", url)
                .put("username", server.username())
                .put("password", PostgresServer.PASSWORD);
        BridgeConfig config = RunningBridge.read(new JsonObject().put("database", database));
        return new DatabaseCopyAdmin(config).copy(from, to);
    }

    private static Credentials credentials() {
        return new Credentials(Secret.of("canary"), "user", Secret.of("secret"));
    }

    private static Statement state(String name) {
        return Statement.of(
                "INSERT INTO state_history (printer, name, at, from_state, to_state) VALUES (?, ?, ?, ?, ?)",
                Tuple.of("a", name, 1_700_000_000_000L, "idle", "printing"));
    }

    /** A row in each table, and many states. */
    private void fill() {
        Database database = Await.done(SqliteDatabase.open(instance.vertx(), file));
        SqlPrinterRepository printers = new SqlPrinterRepository(instance.vertx(), database, TestDatabase.cipher());
        Await.done(printers.load());
        Await.done(
                printers.add(TestPrinters.printer(PRINTER, "Zoë \uD83D\uDDA8", "prusalink", "a.local"), credentials()));
        List<Statement> statements = new ArrayList<>();
        for (String sql : List.of(
                "INSERT INTO job VALUES ('a', '{}', NULL)",
                "INSERT INTO print VALUES ('a', 1700000000000, NULL)",
                "INSERT INTO plate VALUES ('a', 'ready', '2026-01-01T00:00:00Z', 1, NULL, NULL, NULL)",
                "INSERT INTO alert VALUES ('a', 'offline', 'warning', 'gone', '2026-01-01T00:00:00Z', 0)",
                "INSERT INTO retained_topic VALUES ('b/x', '')",
                "INSERT INTO setting VALUES ('client_id_suffix', 'abcdef')",
                "INSERT INTO account VALUES ('ada', 'admin', 1, 's', 'h', '2026-01-01T00:00:00Z')",
                "INSERT INTO login_session VALUES ('h', 'ada', '2026-01-01T00:00:00Z')",
                "INSERT INTO api_token VALUES ('h', 't', 'n', 'read', '2026-01-01T00:00:00Z', NULL)",
                "INSERT INTO audit VALUES (1, 10001, '2026-01-01T00:00:00Z', 'ada', 'HTTP', 'x', 'ok')",
                "INSERT INTO job_history (printer, name, first_seen, recorded, at, result, progress, duration)"
                        + " VALUES ('a', 'A', 1, 2, 3, 'finished', 42.5, 7)")) {
            statements.add(Statement.of(sql));
        }
        Await.done(database.write(Durability.FULL, statements));
        List<Tuple> states = IntStream.range(0, MANY)
                .mapToObj(i -> state("state " + i).rows().get(0))
                .toList();
        Await.done(database.write(
                Durability.FULL, List.of(new Statement(state("any").sql(), states))));
        Await.done(database.close());
    }

    private Map<String, List<String>> inFile(String path) {
        Database database = Await.done(SqliteDatabase.open(instance.vertx(), path));
        Map<String, List<String>> rows = rows(database);
        Await.done(database.close());
        return rows;
    }

    private Map<String, List<String>> atServer() {
        Database database = Await.done(PostgresDatabase.open(instance.vertx(), server));
        Map<String, List<String>> rows = rows(database);
        Await.done(database.close());
        return rows;
    }

    /** All rows of each table as texts, whatever the order of the columns. */
    private static Map<String, List<String>> rows(Database database) {
        Map<String, List<String>> all = new TreeMap<>();
        for (String table : Tables.NAMES) {
            all.put(
                    table,
                    Await.done(database.query("SELECT * FROM " + table, Tuple.tuple())).stream()
                            .map(DatabaseCopyIT::text)
                            .sorted()
                            .toList());
        }
        return all;
    }

    private static String text(Row row) {
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < row.size(); i++) {
            values.put(row.getColumnName(i), String.valueOf(row.getValue(i)));
        }
        return values.toString();
    }
}
