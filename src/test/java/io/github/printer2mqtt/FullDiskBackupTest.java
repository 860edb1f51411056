package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.cli.CliContext;
import io.github.printer2mqtt.cli.StartException;
import io.github.printer2mqtt.cli.command.CommandLineInterface;
import io.github.printer2mqtt.persistence.sqlite.DatabaseRestore;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.ReleasedDatabase;
import io.github.printer2mqtt.testing.SmallDisk;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Copies and restores when the disk of the copies or that of the database is full. */
@Timeout(60)
class FullDiskBackupTest {
    /** More than a copy needs, and less than two. */
    private static final int ONE_COPY = 400;

    /** Blocks of 512 bytes, or 1024 in some shells: more than the library of SQLite, which is unpacked, and less than the history. */
    private static final int FEWER_BLOCKS = 5000;

    private static final String LARGE_HISTORY =
            "INSERT INTO setting WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 20000)"
                    + " SELECT 'filler-' || x, hex(randomblob(200)) FROM c";

    @TempDir
    private Path folder;

    private JsonObject configuration = new JsonObject();

    @BeforeEach
    void configure() {
        configuration = RunningBridge.configuration(folder);
        configuration.put("backup", new JsonObject().put("folder", backups().toString()));
    }

    @Test
    void backupThatDoesNotFitFailsInOneLineAndTheBridgeGoesOn() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(backups(), ONE_COPY);
                RunningBridge bridge = RunningBridge.start(configuration)) {
            String first = HttpApi.json(bridge.api().post("/api/backup", new JsonObject()), 201)
                    .getString("name");
            disk.fill();

            JsonObject refused = HttpApi.json(bridge.api().post("/api/backup", new JsonObject()), 503);

            assertThat(refused.getString("code")).isEqualTo("backup_failed");
            assertThat(refused.getString("detail"))
                    .startsWith("database " + backups() + "/printer2mqtt-")
                    .contains("-request.db: too little free space: ")
                    .hasLineCount(1);
            assertThat(names(backups())).containsExactlyInAnyOrder("filler", first);
            assertThat(bridge.api().get("/metrics").body()).contains("printer2mqtt_backup_failures_total 1.0");
            register(bridge, "still-stored");

            disk.free();
            Files.delete(backups().resolve(first));
            HttpApi.json(bridge.api().post("/api/backup", new JsonObject()), 201);
        }
    }

    @Test
    void copyThatWouldFillTheDiskOfTheDatabaseIsNotBegun() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("data"), 2 * ONE_COPY)) {
            Path database = createDatabase(disk);
            disk.fillExcept(20);

            assertThat(command("backup", disk.folder().resolve("copy.db").toString()))
                    .startsWith(
                            "3 printer2mqtt: database " + disk.folder().resolve("copy.db") + ": too little free space: "
                                    + Files.size(database) + " bytes are needed and 20480 are free")
                    .hasLineCount(1);

            assertThat(names(disk.folder())).contains("printer2mqtt.db").noneMatch(name -> name.contains("copy"));
        }
    }

    @Test
    void copyThatFailsHalfwayIsRemoved() throws IOException {
        ReleasedDatabase.create(database(), ReleasedDatabase.NEWEST);
        ReleasedDatabase.execute(database(), LARGE_HISTORY);
        Path copy = folder.resolve("copy.db");

        Process backup =
                ChildBridge.commandWithLargestFile(FEWER_BLOCKS, folder, configuration, "backup", copy.toString());

        assertThat(backup.onExit().join().exitValue()).isEqualTo(3);
        assertThat(folder.resolve("output.log"))
                .content()
                .startsWith("printer2mqtt: database " + copy + ": the disk ")
                .hasLineCount(1);
        assertThat(names(folder)).noneMatch(name -> name.contains("copy"));
        assertThat(ReleasedDatabase.content(database()).get("damage")).containsExactly("integrity_check=ok");
    }

    @Test
    void backupCommandOnAFullDiskSaysSoAndLeavesNothing() throws IOException {
        ReleasedDatabase.create(database(), ReleasedDatabase.NEWEST);
        try (SmallDisk disk = SmallDisk.mount(backups(), ONE_COPY)) {
            Path older = ReleasedDatabase.create(backups().resolve("older.db"), 1);
            Map<String, List<String>> before = ReleasedDatabase.content(older);
            disk.fill();

            for (Path target : List.of(backups(), older)) {
                assertThat(command("backup", target.toString()))
                        .startsWith("3 printer2mqtt: database " + target)
                        .contains(": too little free space: ")
                        .hasLineCount(1);
            }

            assertThat(names(backups())).containsExactlyInAnyOrder("filler", "older.db");
            assertThat(ReleasedDatabase.content(older)).isEqualTo(before);
        }
    }

    @Test
    void databaseIsNotUpgradedWhileTheCopyDoesNotFit() throws IOException {
        ReleasedDatabase.create(database(), 1);
        Map<String, List<String>> before = ReleasedDatabase.content(database());
        try (SmallDisk disk = SmallDisk.mount(backups(), ONE_COPY)) {
            disk.fill();

            assertThatThrownBy(() -> RunningBridge.start(configuration))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("it must be copied before the upgrade from schema version 1 to 5, which"
                            + " failed, so nothing was changed (database " + backups())
                    .hasMessageContaining("too little free space: ");

            assertThat(ReleasedDatabase.content(database())).isEqualTo(before);
            assertThat(names(backups())).containsExactly("filler");
            disk.free();
            RunningBridge.start(configuration).close();
            assertThat(ReleasedDatabase.version(database())).isEqualTo(ReleasedDatabase.NEWEST);
        }
    }

    @Test
    void databaseIsNotReplacedWhileItCannotBeKept() throws IOException {
        ReleasedDatabase.create(database(), ReleasedDatabase.NEWEST);
        Map<String, List<String>> before = ReleasedDatabase.content(database());
        Path copy = ReleasedDatabase.create(folder.resolve("copy.db"), 1);
        try (SmallDisk disk = SmallDisk.mount(backups(), ONE_COPY)) {
            disk.fill();

            assertThat(command("restore", copy.toString()))
                    .startsWith("3 printer2mqtt: database " + backups())
                    .contains("-before-restore.db: too little free space: ")
                    .hasLineCount(1);

            assertThat(ReleasedDatabase.content(database())).isEqualTo(before);
            assertThat(names(folder)).noneMatch(name -> name.contains("restore"));
            assertThat(names(backups())).containsExactly("filler");
        }
    }

    @Test
    void databaseOnAFullDiskIsNotReplaced() throws IOException {
        Path copy = ReleasedDatabase.create(folder.resolve("copy.db"), 1);
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("data"), ONE_COPY)) {
            Path database = createDatabase(disk);
            Map<String, List<String>> before = ReleasedDatabase.content(database);
            disk.fillExcept(20);

            assertThat(command("restore", copy.toString()))
                    .startsWith("3 printer2mqtt: database " + database + ".restore: too little free space: "
                            + Files.size(copy) + " bytes are needed and 20480 are free")
                    .hasLineCount(1);

            assertThat(ReleasedDatabase.content(database)).isEqualTo(before);
            assertThat(names(disk.folder())).noneMatch(name -> name.contains("restore"));
        }
    }

    @Test
    void restoreOverHttpIsNotPreparedOnAFullDisk() {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("data"), 2 * ONE_COPY)) {
            configureDatabase(disk);
            try (RunningBridge bridge = RunningBridge.start(configuration)) {
                JsonObject backup = HttpApi.json(bridge.api().post("/api/backup", new JsonObject()), 201);
                disk.fill();

                JsonObject restore = new JsonObject().put("name", backup.getString("name"));
                JsonObject refused = HttpApi.json(bridge.api().post("/api/restore", restore), 503);

                assertThat(refused.getString("code")).isEqualTo("backup_failed");
                assertThat(refused.getString("detail"))
                        .contains("printer2mqtt.db.restore: too little free space: ")
                        .hasLineCount(1);
                assertThat(HttpApi.json(bridge.api().get("/api/backup"), 200).getBoolean("restore_prepared"))
                        .isFalse();
                disk.free();
                HttpApi.json(bridge.api().post("/api/restore", restore), 202);
            }
        }
    }

    @Test
    void preparedRestoreWaitsForSpace() {
        ReleasedDatabase.create(database(), ReleasedDatabase.NEWEST);
        Map<String, List<String>> before = ReleasedDatabase.content(database());
        Path copy = ReleasedDatabase.create(folder.resolve("copy.db"), ReleasedDatabase.NEWEST);
        ReleasedDatabase.execute(copy, "INSERT INTO setting (name, value) VALUES ('from-the-copy', '1')");
        try (SmallDisk disk = SmallDisk.mount(backups(), ONE_COPY)) {
            disk.fill();
            DatabaseRestore.prepare(copy, database());

            assertThatThrownBy(() -> RunningBridge.start(configuration))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("too little free space: ");

            assertThat(ReleasedDatabase.content(database())).isEqualTo(before);
            disk.free();
            RunningBridge.start(configuration).close();
            assertThat(ReleasedDatabase.content(database()).get("setting")).contains("name=from-the-copy value=1");
        }
    }

    private Path createDatabase(SmallDisk disk) {
        return ReleasedDatabase.create(configureDatabase(disk), ReleasedDatabase.NEWEST);
    }

    private Path configureDatabase(SmallDisk disk) {
        Path database = disk.folder().resolve("printer2mqtt.db");
        configuration.getJsonObject("database").put("path", database.toString());
        return database;
    }

    private static void register(RunningBridge bridge, String id) {
        bridge.api()
                .register(new JsonObject()
                        .put("id", id)
                        .put("name", id)
                        .put("driver", "octoprint")
                        .put("address", "http://127.0.0.1:9/" + id));
    }

    private Path backups() {
        return folder.resolve("backups");
    }

    private Path database() {
        return folder.resolve("printer2mqtt.db");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** Runs a command in this process: its exit code, output and errors. */
    private String command(String... arguments) throws IOException {
        Path config = Files.writeString(folder.resolve("config.json"), configuration.encode());
        StringWriter out = new StringWriter();
        CliContext context = Main.context(
                Map.of(), config, new PrintWriter(out), new PrintWriter(out), new BridgeLauncher(reason -> {}));
        return new CommandLineInterface(context).run(arguments) + " " + out;
    }
}
