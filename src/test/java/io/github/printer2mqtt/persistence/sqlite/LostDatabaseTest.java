package io.github.printer2mqtt.persistence.sqlite;

import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseHealth;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.Statement;
import io.github.printer2mqtt.testing.CapturedLog;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that are deleted or damaged while the bridge runs or is stopped: no loss is silent. */
class LostDatabaseTest {
    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();

    @TempDir
    private Path directory;

    /** What happens to the files of an open database. */
    private enum Loss {
        FILE_DELETED("the file was deleted or moved") {
            @Override
            void happen(Path file) throws IOException {
                Files.delete(file);
            }
        },
        FOLDER_MOVED("the file was deleted or moved") {
            @Override
            void happen(Path file) throws IOException {
                Path folder = Objects.requireNonNull(file.getParent());
                Files.move(folder, folder.resolveSibling("moved"));
            }
        },
        FILE_REPLACED("the file was replaced by another one") {
            @Override
            void happen(Path file) throws IOException {
                Path copy = Files.copy(file, file.resolveSibling("copy"));
                Files.delete(file);
                Files.move(copy, file);
            }
        },
        FILE_TRUNCATED("the file was truncated from ") {
            @Override
            void happen(Path file) throws IOException {
                truncate(file);
            }
        },
        LOG_DELETED("its write-ahead log (-wal) was deleted or moved") {
            @Override
            void happen(Path file) throws IOException {
                Files.delete(Path.of(file + "-wal"));
            }
        },
        LOG_TRUNCATED("its write-ahead log (-wal) was truncated from ") {
            @Override
            void happen(Path file) throws IOException {
                truncate(Path.of(file + "-wal"));
            }
        };

        private final String words;

        Loss(String words) {
            this.words = words;
        }

        abstract void happen(Path file) throws IOException;

        private static void truncate(Path file) throws IOException {
            try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                open.setLength(0);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void lossWhileOpenRejectsWritesAndIsLoggedOnce(Loss loss) throws Exception {
        Path file = directory.resolve("data/bridge.db");
        SqliteDatabase database = done(SqliteDatabase.open(vertx, file.toString()));
        done(database.write(Database.Durability.NORMAL, List.of(insert("before"))));
        assertThat(database.health()).isEqualTo(Health.up());
        try (CapturedLog log = CapturedLog.of(DatabaseHealth.class.getName())) {
            loss.happen(file);

            Throwable refused = failure(database.write(Database.Durability.FULL, List.of(insert("after"))));
            assertThat(failure(database.writer().checkFiles())).hasMessage(refused.getMessage());

            assertThat(DatabaseException.is(refused, DatabaseException.Kind.LOST))
                    .isTrue();
            assertThat(refused)
                    .hasMessageStartingWith("database " + file + ": " + loss.words)
                    .hasMessageEndingWith("restore it and restart the bridge")
                    .hasMessageNotContaining("\n");
            assertThat(database.health()).isEqualTo(Health.degraded(String.valueOf(refused.getMessage())));
            assertThat(log.lines()).as("logged once").containsExactly(refused.getMessage());
        }
        done(database.close());
    }

    @Test
    void userDataIsCheckpointedAtOnce() throws Exception {
        Path file = directory.resolve("bridge.db");
        SqliteDatabase database = done(SqliteDatabase.open(vertx, file.toString()));
        Path schema = Files.copy(file, directory.resolve("schema.db"));
        done(database.write(Database.Durability.FULL, List.of(insert("entered"))));
        done(database.writer().checkFiles()); // runs after the checkpoint
        Path copy = Files.copy(file, directory.resolve("copy.db"));
        done(database.write(Database.Durability.NORMAL, List.of(insert("found"))));
        done(database.writer().checkpoint());
        Path quiet = Files.copy(file, directory.resolve("quiet.db"));
        done(database.close());

        assertThat(namesIn(schema)).isEmpty();
        assertThat(namesIn(copy)).containsExactly("entered");
        assertThat(namesIn(quiet)).containsExactly("entered", "found");
    }

    @Test
    void damageOnTheDiskIsDetectedWhileOpen() throws Exception {
        Path file = directory.resolve("bridge.db");
        SqliteDatabase database = done(SqliteDatabase.open(vertx, file.toString()));
        done(database.writer().checkContent());
        try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
            disk.seek(4096);
            disk.write(new byte[8192]);
        }

        assertThat(failure(database.writer().checkContent()))
                .hasMessageContaining("the file is damaged")
                .hasMessageNotContaining("\n");
        assertThat(database.health().level()).isEqualTo(Health.Level.DEGRADED);
        done(database.close());
    }

    @Test
    void logBesideAnEmptyDatabaseIsKept() throws Exception {
        Path file = filesAfterAKill();
        Files.delete(file);

        for (int start = 0; start < 2; start++) {
            assertThat(failure(SqliteDatabase.open(vertx, file.toString())))
                    .hasMessage("database " + file + ": the file is missing or empty, but " + file
                            + "-wal contains its data; restore the database, or move that file away to start empty");
        }
        assertThat(Files.size(Path.of(file + "-wal"))).isPositive();
    }

    @Test
    void missingLogAfterAKillIsReported() throws Exception {
        Path file = filesAfterAKill();
        Files.delete(Path.of(file + "-wal"));
        try (CapturedLog log = CapturedLog.of(UncleanStopCheck.class.getName())) {
            assertThat(namesIn(file)).containsExactly("entered");
            assertThat(log.lines()).singleElement().asString().contains("(-wal) is missing");
        }
    }

    @Test
    void damagedLogIsReportedAndCopied() throws Exception {
        Path file = filesAfterAKill();
        Path log = Path.of(file + "-wal");
        for (long place : new long[] {0, 16, 40, Files.size(log) - 1}) {
            Path damaged = Files.createDirectory(directory.resolve("damaged-" + place));
            for (String end : List.of("", "-wal", "-shm")) {
                Files.copy(Path.of(file + end), damaged.resolve("bridge.db" + end));
            }
            try (RandomAccessFile bytes =
                    new RandomAccessFile(damaged.resolve("bridge.db-wal").toFile(), "rw")) {
                bytes.seek(place);
                int was = bytes.read();
                bytes.seek(place);
                bytes.write(was ^ 0x55);
            }
            try (CapturedLog captured = CapturedLog.of(UncleanStopCheck.class.getName())) {
                assertThat(namesIn(damaged.resolve("bridge.db"))).containsExactly("entered");
                assertThat(captured.lines())
                        .as("byte " + place)
                        .singleElement()
                        .asString()
                        .contains("(-wal) is damaged", "bridge.db-wal.damaged");
            }
            assertThat(damaged.resolve("bridge.db-wal.damaged")).exists();
        }
        try (CapturedLog captured = CapturedLog.of(UncleanStopCheck.class.getName())) {
            assertThat(namesIn(file)).containsExactly("entered", "found");
            assertThat(captured.lines()).as("undamaged log").isEmpty();
        }
    }

    /** Files as left by a killed process: one row in the database, one only in its log. */
    private Path filesAfterAKill() throws IOException {
        Path open = directory.resolve("open/bridge.db");
        SqliteDatabase database = done(SqliteDatabase.open(vertx, open.toString()));
        done(database.write(Database.Durability.FULL, List.of(insert("entered"))));
        done(database.writer().checkFiles());
        done(database.write(Database.Durability.NORMAL, List.of(insert("found"))));
        Path left = Files.createDirectory(directory.resolve("left"));
        for (String end : List.of("", "-wal", "-shm")) {
            Files.copy(Path.of(open + end), left.resolve("bridge.db" + end));
        }
        done(database.close());
        return left.resolve("bridge.db");
    }

    private List<String> namesIn(Path file) {
        SqliteDatabase database = done(SqliteDatabase.open(vertx, file.toString()));
        List<String> names = done(database.query("SELECT name FROM setting ORDER BY name", Tuple.tuple())).stream()
                .map(row -> row.getString(0))
                .toList();
        done(database.close());
        return names;
    }

    private static Statement insert(String name) {
        return Statement.of("INSERT INTO setting (name, value) VALUES (?, '1')", Tuple.of(name));
    }
}
