package io.github.printer2mqtt.persistence.sqlite;

import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.Statement;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Uses a small file system in memory. */
class FullDiskTest {
    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();

    @TempDir
    private Path disk;

    private boolean mounted;

    @AfterEach
    void close() throws Exception {
        if (mounted) {
            run("umount", disk.toString());
        }
    }

    @Test
    void databaseOnAFullDiskIsReadableAndAcceptsWritesOnceThereIsSpace() throws Exception {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", disk.toString());
        assumeTrue(mounted, "the user may not mount a file system");
        Path file = disk.resolve("data/bridge.db");
        SqliteDatabase before = done(SqliteDatabase.open(vertx, file.toString()));
        done(before.write(Database.Durability.FULL, List.of(insert("before"))));
        done(before.close());
        Path filler = disk.resolve("filler");
        fill(filler);

        SqliteDatabase database = done(SqliteDatabase.open(vertx, file.toString()));

        assertThat(names(database)).containsExactly("before");
        assertThat(database.health().level()).isEqualTo(Health.Level.DEGRADED);
        assertThat(database.health().detail()).contains("the disk is full");
        Throwable refused = failure(database.write(Database.Durability.FULL, List.of(insert("x".repeat(9000)))));
        assertThat(DatabaseException.is(refused, DatabaseException.Kind.DISK_FULL))
                .isTrue();

        Files.delete(filler);
        done(database.write(Database.Durability.FULL, List.of(insert("after"))));
        assertThat(names(database)).containsExactly("after", "before");
        assertThat(database.health()).isEqualTo(Health.up());
        done(database.close());
    }

    private static void fill(Path filler) throws IOException {
        try (OutputStream out = Files.newOutputStream(filler)) {
            for (int i = 0; i < 1000; i++) {
                out.write(new byte[1024]);
            }
            throw new AssertionError("the file system is larger than requested");
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("space");
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false; // the program does not exist
        }
    }

    private static List<String> names(SqliteDatabase database) {
        return done(database.query("SELECT name FROM setting ORDER BY name", Tuple.tuple())).stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private static Statement insert(String name) {
        return Statement.of("INSERT INTO setting (name, value) VALUES (?, '1')", Tuple.of(name));
    }
}
