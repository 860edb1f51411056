package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.cli.StartException;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.ReleasedDatabase;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an upgrade of the program does to the database, and how to go back. */
@Timeout(60)
class DatabaseUpgradeTest {
    @TempDir
    private Path folder;

    private JsonObject configuration = new JsonObject();

    @BeforeEach
    void configure() {
        configuration = RunningBridge.configuration(folder);
    }

    @Test
    void databaseIsCopiedBeforeTheUpgrade() throws IOException {
        ReleasedDatabase.create(database(), 1);
        Map<String, List<String>> before = ReleasedDatabase.content(database());

        RunningBridge bridge = RunningBridge.start(configuration);
        assertThat(HttpApi.json(bridge.api().get("/api/printers/mk4-left/registration"), 200)
                        .getString("name"))
                .isEqualTo("MK4 left");
        bridge.close();
        RunningBridge.start(configuration).close();

        assertThat(ReleasedDatabase.version(database())).isEqualTo(ReleasedDatabase.NEWEST);
        assertThat(copies()).singleElement().satisfies(copy -> {
            assertThat(copy.getFileName().toString()).endsWith("-before-V" + ReleasedDatabase.NEWEST + ".db");
            assertThat(mode(copy)).isEqualTo("rw-------");
            assertThat(mode(Objects.requireNonNull(copy.getParent()))).isEqualTo("rwx------");
            assertThat(ReleasedDatabase.content(copy)).isEqualTo(before);
        });
    }

    @Test
    void upgradeDoesNotBeginWithoutACopy() throws IOException {
        ReleasedDatabase.create(database(), 2);
        Map<String, List<String>> before = ReleasedDatabase.content(database());
        Files.writeString(folder.resolve("backups"), "a file where the folder should be");

        assertThatThrownBy(() -> RunningBridge.start(configuration))
                .isInstanceOf(StartException.class)
                .hasMessage("database " + database()
                        + ": it must be copied before the upgrade from schema version 2 to "
                        + ReleasedDatabase.NEWEST + ", which failed, so nothing was changed (backup.folder: "
                        + folder.resolve("backups")
                        + " cannot be created (FileAlreadyExists)); free space there, or set"
                        + " backup.folder (PRINTER2MQTT_BACKUP_FOLDER) to a folder that can be written");
        assertThat(ReleasedDatabase.content(database())).isEqualTo(before);

        Path elsewhere = folder.resolve("another/disk");
        configuration.put("backup", new JsonObject().put("folder", elsewhere.toString()));
        RunningBridge.start(configuration).close();
        assertThat(copies(elsewhere)).hasSize(1);
    }

    @Test
    void olderProgramNamesTheCopyToGoBackTo() throws IOException {
        RunningBridge.start(configuration).close();
        Path copies = Files.createDirectory(folder.resolve("backups"));
        ReleasedDatabase.create(copies.resolve("printer2mqtt-20260101T100000000Z-before-V5.db"), 4);
        Path wayBack = ReleasedDatabase.create(copies.resolve("printer2mqtt-20260601T100000000Z-before-V6.db"), 5);
        Path newer = ReleasedDatabase.create(copies.resolve("printer2mqtt-20260701T100000000Z-before-V7.db"), 5);
        ReleasedDatabase.execute(newer, "PRAGMA user_version = 6");
        ReleasedDatabase.execute(database(), "PRAGMA user_version = 7");

        assertThatThrownBy(() -> RunningBridge.start(configuration))
                .isInstanceOf(StartException.class)
                .hasMessage(
                        "database " + database() + ": it was written by a newer printer2mqtt (schema version 7, this"
                                + " one supports up to 5); update printer2mqtt, or go back to the state before the upgrade with:"
                                + " printer2mqtt restore " + wayBack);
    }

    private Path database() {
        return folder.resolve("printer2mqtt.db");
    }

    private List<Path> copies() throws IOException {
        return copies(folder.resolve("backups"));
    }

    private static List<Path> copies(Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.toList();
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
