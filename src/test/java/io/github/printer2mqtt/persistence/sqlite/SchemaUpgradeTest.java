package io.github.printer2mqtt.persistence.sqlite;

import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.testing.ReleasedDatabase;
import io.github.printer2mqtt.testing.VertxInstance;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database of any older version is upgraded as a whole or not at all. */
class SchemaUpgradeTest {
    private static final int WAL_HEADER = 32;
    private static final int FRAME = 24 + 4096;

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void everyOlderVersionKeepsItsRows(int version) {
        Path file = ReleasedDatabase.create(folder.resolve("bridge.db"), version);
        Map<String, List<String>> before = ReleasedDatabase.content(file);

        done(done(SqliteDatabase.open(vertx, file.toString())).close());

        assertUpgraded(file, before);
    }

    @Test
    void everyVersionThatTheProgramKnowsIsTried() {
        assertThat(Migrations.all().newest())
                .as(
                        "add db/released/v%s.sql and its number to the tests",
                        Migrations.all().newest())
                .isEqualTo(ReleasedDatabase.NEWEST);
    }

    @Test
    void upgradeThatFailsIsUndoneAndThePreviousProgramGoesOn() {
        Path file = ReleasedDatabase.create(folder.resolve("bridge.db"), 3);
        Map<String, List<String>> before = ReleasedDatabase.content(file);
        Migrations failing = new Migrations(List.of(
                "V1__schema.sql",
                "V2__plate.sql",
                "V3__maintenance.sql",
                "V4__access.sql",
                "V5__history.sql",
                "failing-migration.sql"));

        Throwable failure = failure(
                SqliteDatabase.open(vertx, file.toString(), new SqliteDatabase.Opening(failing, SafetyCopies.NONE)));

        assertThat(failure)
                .hasMessageStartingWith("database " + file + ": the upgrade from schema version 3 to 6 failed and was"
                        + " undone, so the previous printer2mqtt can be started again (")
                .hasMessageContaining("no such table: nowhere")
                .hasMessageNotContaining("\n");
        assertThat(ReleasedDatabase.content(file)).isEqualTo(before);
        done(done(SqliteDatabase.open(vertx, file.toString())).close());
        assertUpgraded(file, before);
    }

    /** What a killed upgrade leaves is the database with a part of the write-ahead log, so every part of it is tried. */
    @Test
    void upgradeKilledAtAnyWriteLeavesTheOldOrTheNewSchema() throws IOException {
        Path file = ReleasedDatabase.create(folder.resolve("bridge.db"), 1);
        Map<String, List<String>> before = ReleasedDatabase.content(file);
        byte[] log = logOfUpgrade(file);
        byte[] database = Files.readAllBytes(file);
        int frames = (log.length - WAL_HEADER) / FRAME;
        assertThat(frames).isGreaterThan(10);

        Set<Integer> versions = new HashSet<>();
        for (int frame = 0; frame <= frames; frame++) {
            for (int torn : new int[] {0, 10, FRAME / 2}) {
                int length = Math.min(WAL_HEADER + frame * FRAME + torn, log.length);
                Path killed = folder.resolve("killed-" + length + ".db");
                Files.write(killed, database);
                Files.write(Path.of(killed + "-wal"), Arrays.copyOf(log, length));

                int version = ReleasedDatabase.version(killed);
                versions.add(version);
                if (version == 1) {
                    assertThat(ReleasedDatabase.content(killed))
                            .as("%s bytes", length)
                            .isEqualTo(before);
                }
                done(done(SqliteDatabase.open(vertx, killed.toString())).close());
                assertUpgraded(killed, before);
            }
        }
        assertThat(versions).containsExactlyInAnyOrder(1, ReleasedDatabase.NEWEST);
    }

    /** Upgrades a database and returns its write-ahead log; the file itself stays as it was. */
    private byte[] logOfUpgrade(Path file) throws IOException {
        // As a bridge leaves it; the change of the mode is not part of an upgrade.
        ReleasedDatabase.execute(file, "PRAGMA journal_mode = WAL");
        DatabaseWriter writer = new DatabaseWriter(
                vertx, ContextExecutor.ofCurrent(vertx), file, new SqliteHealth(file), SqlitePools.writer(vertx, file));
        byte[] unchanged = Files.readAllBytes(file);
        done(Migrations.all().apply(vertx, writer, SafetyCopies.NONE));
        // The checkpoint after a transaction would move the log into the file.
        byte[] log = Files.readAllBytes(Path.of(file + "-wal"));
        done(writer.close());
        Files.deleteIfExists(Path.of(file + "-wal"));
        Files.deleteIfExists(Path.of(file + "-shm"));
        Files.write(file, unchanged);
        return log;
    }

    private static void assertUpgraded(Path file, Map<String, List<String>> before) {
        Map<String, List<String>> after = ReleasedDatabase.content(file);
        assertThat(after.get("user_version")).containsExactly("user_version=" + ReleasedDatabase.NEWEST);
        assertThat(after.get("damage")).containsExactly("integrity_check=ok");
        before.forEach((table, rows) -> {
            if (!table.equals("user_version")) {
                assertThat(Objects.requireNonNull(after.get(table))).as(table).isEqualTo(rows);
            }
        });
    }
}
