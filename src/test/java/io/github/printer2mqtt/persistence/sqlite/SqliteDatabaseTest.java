package io.github.printer2mqtt.persistence.sqlite;

import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.SettingsRepository;
import io.github.printer2mqtt.persistence.sql.Statement;
import io.github.printer2mqtt.persistence.sql.StatementResult;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SqliteDatabaseTest {
    private static final String INSERT = "INSERT INTO setting (name, value) VALUES (?, ?)";

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();

    @TempDir
    private Path directory;

    private Path file;
    private SqliteDatabase database;

    @BeforeEach
    void open() {
        file = directory.resolve("deep/er/bridge.db");
        database = done(SqliteDatabase.open(vertx, file.toString()));
    }

    @AfterEach
    void close() {
        done(database.close());
    }

    @Test
    void createsFolderAndFilesForTheOwnerOnly() throws Exception {
        done(write(insert("a", "1")));
        for (Path each : List.of(file, Path.of(file + "-wal"), Path.of(file + "-shm"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                    .as("%s", each)
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void usesDurableSettings() {
        List<StatementResult> full = done(database.write(
                Database.Durability.FULL,
                List.of(
                        Statement.of("SELECT synchronous FROM pragma_synchronous"),
                        Statement.of("SELECT journal_mode FROM pragma_journal_mode"),
                        Statement.of("SELECT foreign_keys FROM pragma_foreign_keys"),
                        Statement.of("SELECT timeout FROM pragma_busy_timeout"))));
        assertThat(full)
                .map(each -> each.rows().get(0).getValue(0).toString())
                .containsExactly("2", "wal", "1", "2000");
        List<StatementResult> normal = done(database.write(
                Database.Durability.NORMAL, List.of(Statement.of("SELECT synchronous FROM pragma_synchronous"))));
        assertThat(normal.get(0).rows().get(0).getInteger(0)).isEqualTo(1);
    }

    @Test
    void readersCannotWrite() {
        assertThat(failure(database.query(INSERT, Tuple.of("a", "1")))).isInstanceOf(DatabaseException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void storesAllStatementsOfATransactionOrNone() {
        Throwable duplicate = failure(write(insert("a", "1"), insert("b", "2"), insert("a", "3")));
        assertThat(DatabaseException.is(duplicate, DatabaseException.Kind.CONSTRAINT))
                .isTrue();
        assertThat(duplicate).hasMessageContaining(file.toString()).hasMessageNotContaining("\n");
        Throwable syntax = failure(write(insert("a", "1"), Statement.of("INSERT INTO nowhere")));
        assertThat(DatabaseException.is(syntax, DatabaseException.Kind.FAULT)).isTrue();
        Throwable batch = failure(write(new Statement(INSERT, List.of(Tuple.of("x", "1"), Tuple.of("x", "2")))));
        assertThat(DatabaseException.is(batch, DatabaseException.Kind.CONSTRAINT))
                .isTrue();
        assertThat(names()).isEmpty();

        List<StatementResult> results = done(write(insert("a", "1"), Statement.of("SELECT name, value FROM setting")));
        assertThat(results.get(0).changed()).isEqualTo(1);
        assertThat(results.get(1).rows())
                .singleElement()
                .satisfies(row -> assertThat(row.getString(1)).isEqualTo("1"));
    }

    @Test
    void runsALongBatchAsOneStatement() {
        List<Tuple> rows =
                IntStream.range(0, 1201).mapToObj(i -> Tuple.of("n" + i, "1")).toList();
        assertThat(done(write(new Statement(INSERT, rows))).get(0).changed()).isEqualTo(1201);
        List<Tuple> last = new ArrayList<>(
                IntStream.range(0, 1200).mapToObj(i -> Tuple.of("m" + i, "1")).toList());
        last.add(Tuple.of("n7", "1"));
        assertThat(DatabaseException.is(failure(write(new Statement(INSERT, last))), DatabaseException.Kind.CONSTRAINT))
                .isTrue();
        assertThat(names()).hasSize(1201);
    }

    @Test
    void acknowledgedWritesSurviveReopening() {
        List<Future<?>> writes = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            Statement second = i % 10 == 0 ? insert("same", "twice") : insert("b" + i, "2");
            writes.add(write(insert("a" + i, "1"), second, insert("c" + i, "3")));
        }
        done(Future.join(writes).otherwiseEmpty());
        assertThat(writes.stream().filter(Future::succeeded)).hasSize(901);
        done(database.close());
        database = done(SqliteDatabase.open(vertx, file.toString()));
        assertThat(names()).hasSize(2703);
    }

    @Test
    void rejectsWritesWhenTooManyWait() {
        List<Future<List<StatementResult>>> writes = new ArrayList<>();
        for (int i = 0; i < 1100; i++) {
            writes.add(write(insert("a" + i, "1")));
        }
        done(Future.join(writes).otherwiseEmpty());
        List<Throwable> refused =
                writes.stream().filter(Future::failed).map(Future::cause).toList();
        assertThat(refused).isNotEmpty().allMatch(each -> DatabaseException.is(each, DatabaseException.Kind.BUSY));
        assertThat(names()).hasSize(writes.size() - refused.size());
        done(write(insert("later", "1")));
    }

    @Test
    void rollsBackSlowTransactionsAndContinues() {
        String slow = "INSERT INTO setting WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT"
                + " 3000000) SELECT 'slow', count(*) FROM c";
        Future<List<StatementResult>> late = database.writer()
                .write(
                        Database.Durability.NORMAL,
                        List.of(insert("before", "1"), Statement.of(slow), insert("after", "1")),
                        Duration.ofMillis(20));
        Future<List<StatementResult>> next = write(insert("next", "1"));
        assertThat(DatabaseException.is(failure(late), DatabaseException.Kind.TIMEOUT))
                .isTrue();
        done(next);
        assertThat(names()).containsExactly("next");
    }

    @Test
    void waitsForAnotherProgramAndFailsIfItHoldsTheDatabaseTooLong() throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            other.createStatement().execute("BEGIN IMMEDIATE");
            Future<List<StatementResult>> waiting = write(insert("a", "1"));
            vertx.setTimer(
                    2500,
                    now -> vertx.executeBlocking(() -> other.createStatement().execute("COMMIT")));
            done(waiting);

            other.createStatement().execute("BEGIN IMMEDIATE");
            Throwable busy = failure(write(insert("b", "1")));
            assertThat(DatabaseException.is(busy, DatabaseException.Kind.BUSY)).isTrue();
            assertThat(busy).hasMessage("database " + file + ": another program holds it");
            other.createStatement().execute("COMMIT");
        }
        done(write(insert("c", "1")));
        assertThat(names()).containsExactly("a", "c");
    }

    @Test
    void reportsAFullDiskAndContinuesOnceThereIsSpace() {
        done(database.write(Database.Durability.NORMAL, List.of(Statement.of("PRAGMA max_page_count = 20"))));
        Throwable full = failure(write(insert("big", "x".repeat(500_000))));
        assertThat(full).hasMessage("database " + file + ": the disk is full; nothing was stored");
        assertThat(DatabaseException.is(full, DatabaseException.Kind.DISK_FULL)).isTrue();
        assertThat(names()).isEmpty();
        done(database.write(Database.Durability.NORMAL, List.of(Statement.of("PRAGMA max_page_count = 20000"))));
        done(write(insert("big", "x".repeat(500_000))));
        assertThat(names()).containsExactly("big");
    }

    @Test
    void closesIntoOneFileAndRejectsLaterCalls() throws Exception {
        List<Future<?>> last = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            last.add(write(insert("a" + i, "1")));
        }
        Future<Void> closed = database.close();
        assertThat(DatabaseException.is(failure(write(insert("late", "1"))), DatabaseException.Kind.CLOSED))
                .isTrue();
        assertThat(DatabaseException.is(
                        failure(database.query("SELECT 1", Tuple.tuple())), DatabaseException.Kind.CLOSED))
                .isTrue();
        done(closed);
        assertThat(last).allMatch(Future::succeeded);
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactlyInAnyOrder(file, Path.of(file + ".lock"));
        }
    }

    @Test
    void completesOnTheContextOfTheCaller() throws Exception {
        Context caller = vertx.getOrCreateContext();
        CompletableFuture<@Nullable Context> answered = new CompletableFuture<>();
        caller.runOnContext(now ->
                write(insert("a", "1")).onComplete((results, failure) -> answered.complete(Vertx.currentContext())));
        assertThat(done(Future.fromCompletionStage(answered))).isSameAs(caller);
    }

    @Test
    void keepsASetting() {
        SettingsRepository settings = new SettingsRepository(database);
        assertThat(done(settings.getOrCreate("client_id_suffix", () -> "k3x9ab")))
                .isEqualTo("k3x9ab");
        assertThat(done(settings.getOrCreate("client_id_suffix", () -> "other")))
                .isEqualTo("k3x9ab");
        assertThat(done(settings.getOrCreate("another", () -> "other"))).isEqualTo("other");
    }

    private Future<List<StatementResult>> write(Statement... statements) {
        return database.write(Database.Durability.FULL, List.of(statements));
    }

    private static Statement insert(String name, String value) {
        return Statement.of(INSERT, Tuple.of(name, value));
    }

    private List<String> names() {
        List<Row> rows = done(database.query("SELECT name FROM setting ORDER BY name", Tuple.tuple()));
        return rows.stream().map(row -> row.getString(0)).toList();
    }
}
