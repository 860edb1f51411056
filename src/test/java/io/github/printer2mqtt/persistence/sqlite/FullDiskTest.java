package io.github.printer2mqtt.persistence.sqlite;

import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.Statement;
import io.github.printer2mqtt.testing.SmallDisk;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Uses a small file system in memory. */
class FullDiskTest {
    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();

    @TempDir
    private Path folder;

    @Test
    void databaseOnAFullDiskIsReadableAndAcceptsWritesOnceThereIsSpace() {
        try (SmallDisk disk = SmallDisk.mount(folder, 400)) {
            Path file = disk.folder().resolve("data/bridge.db");
            SqliteDatabase before = done(SqliteDatabase.open(vertx, file.toString()));
            done(before.write(Database.Durability.FULL, List.of(insert("before"))));
            done(before.close());
            disk.fill();

            SqliteDatabase database = done(SqliteDatabase.open(vertx, file.toString()));

            assertThat(names(database)).containsExactly("before");
            assertThat(database.health().level()).isEqualTo(Health.Level.DEGRADED);
            assertThat(database.health().detail()).contains("the disk is full");
            Throwable refused = failure(database.write(Database.Durability.FULL, List.of(insert("x".repeat(9000)))));
            assertThat(DatabaseException.is(refused, DatabaseException.Kind.DISK_FULL))
                    .isTrue();

            disk.free();
            done(database.write(Database.Durability.FULL, List.of(insert("after"))));
            assertThat(names(database)).containsExactly("after", "before");
            assertThat(database.health()).isEqualTo(Health.up());
            done(database.close());
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
