package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.cli.CliContext;
import io.github.printer2mqtt.cli.StartException;
import io.github.printer2mqtt.cli.command.CommandLineInterface;
import io.github.printer2mqtt.persistence.sqlite.DatabaseRestore;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.ReleasedDatabase;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands backup and restore. */
@Timeout(60)
class BackupCommandsTest {
    private static final String TOKEN = "0123456789abcdef";

    @TempDir
    private Path folder;

    private JsonObject configuration = new JsonObject();

    @BeforeEach
    void configure() {
        configuration = configuration(folder);
    }

    private static JsonObject configuration(Path folder) {
        JsonObject configuration = RunningBridge.configuration(folder);
        configuration.getJsonObject("http").put("token", TOKEN);
        return configuration;
    }

    @Test
    void backupOfARunningBridgeIsRestoredOnAnotherMachine() throws IOException {
        ReleasedDatabase.create(database(), ReleasedDatabase.NEWEST);
        Path copy = folder.resolve("copy.db");
        RunningBridge bridge = RunningBridge.start(configuration);
        assertThat(command("backup", copy.toString()))
                .startsWith("0 copied " + database() + " to " + copy)
                .contains("it does not contain the key of the credentials (" + database() + ".key)");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        assertThat(new String(Files.readAllBytes(copy), StandardCharsets.ISO_8859_1))
                .doesNotContain("a-plain");
        Path key = Path.of(database() + ".key");
        bridge.close();

        Path other = Files.createDirectory(folder.resolve("other"));
        configuration = configuration(other);
        assertThat(command("restore", copy.toString()))
                .startsWith("0 restored " + other.resolve("printer2mqtt.db") + " from " + copy + " (schema version 5)")
                .contains("the bridge does not start with it yet: secrets.key_file: found no file ")
                .contains("printer2mqtt secrets discard");
        assertThatThrownBy(() -> RunningBridge.start(configuration)).isInstanceOf(StartException.class);

        Files.copy(key, other.resolve("printer2mqtt.db.key"));
        assertPrinters(2);
        assertThat(ReleasedDatabase.content(other.resolve("printer2mqtt.db")).get("credentials"))
                .isEqualTo(ReleasedDatabase.content(copy).get("credentials"));
    }

    @Test
    void backupWithoutAFileIsPutIntoTheFolderOfBackups() throws IOException {
        ReleasedDatabase.create(database(), 3);
        assertThat(command("backup")).startsWith("0 copied ");
        assertThat(copies("request"))
                .singleElement()
                .satisfies(copy ->
                        assertThat(ReleasedDatabase.content(copy)).isEqualTo(ReleasedDatabase.content(database())));
    }

    @Test
    void backupReplacesAnOlderCopyAndNoOtherFile() throws IOException {
        ReleasedDatabase.create(database(), 3);
        Path copy = ReleasedDatabase.create(folder.resolve("copy.db"), 1);
        assertThat(command("backup", copy.toString())).startsWith("0 ");
        assertThat(ReleasedDatabase.version(copy)).isEqualTo(3);

        Path notes = Files.writeString(folder.resolve("notes.txt"), "my notes");
        for (Path file : List.of(notes, database())) {
            assertThat(command("backup", file.toString()))
                    .startsWith("3 ")
                    .contains("found the file " + file + ", which is no copy of a database");
        }
        assertThat(notes).hasContent("my notes");
        assertThat(command("backup", folder.resolve("missing/copy.db").toString()))
                .startsWith("3 ")
                .contains("cannot be written: NoSuchFile");
        assertThat(command("backup", "--url", "http://192.0.2.1"))
                .startsWith("2 ")
                .contains("--url: ");
        Files.delete(database());
        assertThat(command("backup")).startsWith("3 ").contains("found no database " + database());
    }

    @Test
    void fileThatCannotBeRestoredIsRefusedAndTheDatabaseStays() throws IOException {
        ReleasedDatabase.create(database(), 5);
        Map<String, List<String>> before = ReleasedDatabase.content(database());

        Path newer = ReleasedDatabase.create(folder.resolve("newer.db"), 5);
        ReleasedDatabase.execute(newer, "PRAGMA user_version = 6");
        assertRefused(newer, "it was written by a newer printer2mqtt (schema version 6, this one supports up to 5)");

        byte[] bytes = Files.readAllBytes(ReleasedDatabase.create(folder.resolve("sound.db"), 5));
        Path truncated = folder.resolve("truncated.db");
        Files.write(truncated, Arrays.copyOf(bytes, bytes.length / 2));
        assertRefused(truncated, "the file is damaged (");
        Path garbled = folder.resolve("garbled.db");
        Arrays.fill(bytes, 4096 * 3, 4096 * 5, (byte) 7);
        assertRefused(Files.write(garbled, bytes), "the file is damaged (");

        assertRefused(Files.writeString(folder.resolve("notes.txt"), "my notes"), "the file is not a SQLite database");
        Path foreign = folder.resolve("home-assistant.db");
        ReleasedDatabase.execute(foreign, "CREATE TABLE states (id INTEGER)");
        assertRefused(foreign, "it is not a database of printer2mqtt");
        assertRefused(folder.resolve("missing.db"), "found no file");

        assertThat(ReleasedDatabase.content(database())).isEqualTo(before);
        assertThat(files("restore")).isEmpty();
    }

    @Test
    void nothingIsRestoredWhileABridgeRuns() throws IOException {
        Path copy = ReleasedDatabase.create(folder.resolve("copy.db"), 5);
        RunningBridge bridge = RunningBridge.start(configuration);

        assertThat(command("restore", copy.toString())).startsWith("3 ").contains("another printer2mqtt uses it");

        bridge.close();
        assertPrinters(0);
        assertThat(files("restore")).isEmpty();
    }

    @Test
    void refusedRestoreOnANewMachineLeavesNoDatabase() throws IOException {
        assertThat(command("restore", folder.resolve("missing.db").toString())).startsWith("3 ");
        assertThat(database()).doesNotExist();
    }

    @Test
    void replacedDatabaseIsKeptWithItsLogAndTheLogIsNotAppliedToTheRestoredOne() throws IOException {
        leaveDatabaseWithLog();
        Path copy = ReleasedDatabase.create(folder.resolve("copy.db"), 2);

        assertThat(command("restore", copy.toString())).startsWith("0 ").contains("what it replaced is in ");

        assertThat(ReleasedDatabase.content(database())).isEqualTo(ReleasedDatabase.content(copy));
        assertThat(copies("before-restore"))
                .singleElement()
                .satisfies(kept -> assertThat(ReleasedDatabase.content(kept).get("setting"))
                        .contains("name=only-in-the-log value=1"));
        // The old schema is upgraded by the next start.
        assertPrinters(2);
    }

    @Test
    void damagedDatabaseIsReplacedAndKeptByteByByte() throws IOException {
        ReleasedDatabase.create(database(), 5);
        byte[] bytes = Files.readAllBytes(database());
        Arrays.fill(bytes, 100, 4096 * 5, (byte) 7);
        Files.write(database(), bytes);
        Path copy = ReleasedDatabase.create(folder.resolve("copy.db"), 5);

        assertThat(command("restore", copy.toString())).startsWith("0 ").contains("what it replaced is in ");

        assertThat(files("printer2mqtt.db.damaged-"))
                .singleElement()
                .satisfies(kept -> assertThat(Files.readAllBytes(kept)).isEqualTo(bytes));
        assertPrinters(2);
    }

    @Test
    void restoreThatWasKilledAfterTheCheckIsCompletedByTheNextStart() throws IOException {
        leaveDatabaseWithLog();
        Path copy = ReleasedDatabase.create(folder.resolve("copy.db"), 5);
        DatabaseRestore.prepare(copy, database());

        assertPrinters(2);

        assertThat(files("restore")).isEmpty();
        assertThat(ReleasedDatabase.content(database()).toString()).doesNotContain("only-in-the-log");
        assertThat(copies("before-restore")).hasSize(1);
    }

    private void assertRefused(Path file, String reason) throws IOException {
        assertThat(command("restore", file.toString()))
                .startsWith("3 printer2mqtt: ")
                .contains(file.toString())
                .contains(reason)
                .hasLineCount(1);
    }

    /** As a killed bridge leaves it: the last writes are in the write-ahead log only. */
    private void leaveDatabaseWithLog() throws IOException {
        Path live = folder.resolve("live.db");
        ReleasedDatabase.create(live, 5);
        ReleasedDatabase.execute(live, "PRAGMA journal_mode = WAL");
        ReleasedDatabase.withOpen(live, "INSERT INTO setting (name, value) VALUES ('only-in-the-log', '1')", () -> {
            for (String suffix : List.of("", "-wal", "-shm")) {
                Files.copy(Path.of(live + suffix), Path.of(database() + suffix), StandardCopyOption.REPLACE_EXISTING);
            }
        });
    }

    private void assertPrinters(int count) {
        RunningBridge bridge = RunningBridge.start(configuration);
        assertThat(HttpApi.json(bridge.api().withToken(TOKEN).get("/api/printers/export"), 200)
                        .getJsonArray("printers"))
                .hasSize(count);
        bridge.close();
    }

    private List<Path> copies(String reason) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("backups"))) {
            return files.filter(file -> file.toString().contains(reason)).toList();
        }
    }

    private List<Path> files(String part) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().contains(part))
                    .toList();
        }
    }

    private Path database() {
        return folder.resolve("printer2mqtt.db");
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
