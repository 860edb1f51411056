package io.github.printer2mqtt.persistence.sqlite;

import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.Statement;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnusableDatabaseTest {
    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", ":memory:", ":resource:db/x.db", "data/a.db?mode=memory", "file:a.db", "a\nb.db", "a\0b"
            })
    void pathThatIsNoFileIsRejected(String path) {
        assertThat(problem(path, Kind.UNUSABLE_PATH)).hasMessageStartingWith("database.path: found ");
    }

    @Test
    void directoryIsRejected() {
        assertThat(problem(directory.toString(), Kind.UNUSABLE_PATH))
                .hasMessage("database " + directory + ": it is a directory, expected a file");
    }

    @Test
    void pathBelowAFileIsRejected() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "text");
        assertThat(problem(file.resolve("bridge.db").toString(), Kind.UNUSABLE_PATH))
                .hasMessageContaining("its folder cannot be created")
                .hasMessageContaining(file.toString())
                .hasMessageContaining("PRINTER2MQTT_DATABASE_PATH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sys/bridge.db", "/proc/bridge.db", "/sys/printer2mqtt/bridge.db"})
    void unwritableFolderIsRejectedWithAdvice(String path) {
        Path folder = Path.of(path).getParent();
        assumeTrue(Files.isDirectory(Path.of("/sys/kernel")), "Linux only");
        assertThat(problem(path, Kind.UNUSABLE_PATH))
                .hasMessageStartingWith("database " + path + ": ")
                .hasMessageContaining("let user " + System.getProperty("user.name") + " write to the folder " + folder)
                .hasMessageContaining("set database.path (PRINTER2MQTT_DATABASE_PATH)");
    }

    @Test
    void readOnlyFolderIsRejected() throws Exception {
        Path locked = Files.createDirectory(directory.resolve("locked"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeFalse(Files.isWritable(locked), "the user may write everywhere");
        assertThat(problem(locked.resolve("bridge.db").toString(), Kind.UNUSABLE_PATH))
                .hasMessageContaining("AccessDenied");
    }

    @Test
    void otherFileIsRejectedAndKept() throws Exception {
        Path file = directory.resolve("bridge.db");
        Files.writeString(file, "# my notes\n".repeat(500));
        assertThat(problem(file.toString(), Kind.NOT_OURS))
                .hasMessage("database " + file + ": the file is not a SQLite database");
        assertThat(Files.readString(file, StandardCharsets.UTF_8)).startsWith("# my notes");
    }

    @Test
    void damagedDatabaseIsRejected() throws Exception {
        Path file = directory.resolve("bridge.db");
        SqliteDatabase database = done(SqliteDatabase.open(vertx, file.toString()));
        done(database.close());
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 100; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        Files.write(file, bytes);
        Throwable failure = failure(SqliteDatabase.open(vertx, file.toString()));
        assertThat(failure).isInstanceOf(DatabaseException.class).hasMessageContaining("damaged");
    }

    @Test
    void databaseOfAnotherProgramIsRejected() throws Exception {
        Path file = directory.resolve("home-assistant.db");
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            other.createStatement().execute("CREATE TABLE states (id INTEGER)");
        }
        assertThat(problem(file.toString(), Kind.NOT_OURS))
                .hasMessage("database " + file + ": it belongs to another program (found states in it)");
    }

    @Test
    void newerDatabaseIsRejectedUnchanged() throws Exception {
        Path file = directory.resolve("bridge.db");
        done(done(SqliteDatabase.open(vertx, file.toString())).close());
        try (Connection newer = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            newer.createStatement().execute("PRAGMA user_version = 4711");
        }
        byte[] before = Files.readAllBytes(file);
        assertThat(problem(file.toString(), Kind.NEWER))
                .hasMessageMatching("database .*: it was written by a newer printer2mqtt \\(schema version 4711, this"
                        + " one supports up to 5\\); update printer2mqtt, or restore a copy that this version made");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void futureMigrationKeepsRowsAndIsRejectedByThisProgram() {
        SqliteDatabase.Opening future = new SqliteDatabase.Opening(
                new Migrations(List.of(
                        "V1__schema.sql",
                        "V2__plate.sql",
                        "V3__maintenance.sql",
                        "V4__access.sql",
                        "V5__history.sql",
                        "future-migration.sql")),
                SafetyCopies.NONE);
        String path = directory.resolve("bridge.db").toString();
        SqliteDatabase present = done(SqliteDatabase.open(vertx, path));
        done(present.write(
                Database.Durability.FULL,
                List.of(Statement.of("INSERT INTO printer (id, name, driver, address, tags, enabled) VALUES"
                        + " ('mk4', 'MK4', 'prusalink', 'http://192.0.2.1:80', '[]', 1)"))));
        done(present.close());

        for (int start = 0; start < 2; start++) {
            SqliteDatabase newer = done(SqliteDatabase.open(vertx, path, future));
            assertThat(done(newer.query("SELECT id, location FROM printer", Tuple.tuple())))
                    .singleElement()
                    .satisfies(row -> assertThat(row.getString(1)).isEqualTo("attic"));
            done(newer.close());
        }
        problem(path, Kind.NEWER);
    }

    private Throwable problem(String path, Kind kind) {
        Throwable failure = failure(SqliteDatabase.open(vertx, path));
        assertThat(failure).isInstanceOf(DatabaseException.class);
        assertThat(((DatabaseException) failure).kind())
                .as(failure.getMessage())
                .isEqualTo(kind);
        assertThat(failure.getMessage()).doesNotContain("\n");
        return failure;
    }
}
