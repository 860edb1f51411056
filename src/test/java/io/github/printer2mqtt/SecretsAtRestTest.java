package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.cli.CliContext;
import io.github.printer2mqtt.cli.StartException;
import io.github.printer2mqtt.cli.command.CommandLineInterface;
import io.github.printer2mqtt.simulator.protocol.OctoPrintSimulator;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The credentials of printers are encrypted on the disk, and only a bridge with the right key starts. */
@Timeout(120)
class SecretsAtRestTest {
    private static final String API_KEY = "canary-api-key-0123456789";
    private static final String OTHER_KEY = "0f".repeat(32);

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    @TempDir
    private Path folder;

    private JsonObject configuration = new JsonObject();

    @BeforeEach
    void configure() {
        configuration = RunningBridge.configuration(folder);
    }

    @Test
    void credentialsAreStoredEncryptedAndUsedAfterARestart() throws IOException {
        startWithOnePrinter();

        assertThat(database()).doesNotContain("canary");
        assertThat(keyFile()).exists();
        assertPrinterIsReadAfterStart();
    }

    @Test
    void plainCredentialsOfOlderDatabasesAreEncrypted() throws IOException, SQLException {
        startWithOnePrinter();
        storePlain();
        Files.delete(keyFile());
        assertThat(database()).contains("canary");

        assertPrinterIsReadAfterStart();

        assertThat(database()).doesNotContain("canary");
    }

    /** 96 */
    @Test
    void bridgeDoesNotStartWithoutTheKeyAndKeepsTheData() throws IOException {
        startWithOnePrinter();
        String before = database();
        Path elsewhere = Files.move(keyFile(), folder.resolve("backup.key"));

        assertThatThrownBy(() -> RunningBridge.start(configuration))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("secrets.key_file: found no file " + keyFile() + ", expected the key ")
                .message()
                .hasLineCount(1);
        configuration.put("secrets", new JsonObject().put("key", OTHER_KEY));
        assertThatThrownBy(() -> RunningBridge.start(configuration))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("secrets.key: found the key ");
        assertThat(keyFile()).doesNotExist();
        assertThat(database()).isEqualTo(before);

        configuration.put("secrets", new JsonObject().put("key_file", elsewhere.toString()));
        assertPrinterIsReadAfterStart();
    }

    @Test
    void keyIsRotatedWhileNoBridgeRuns() throws IOException {
        startWithOnePrinter();
        String first = Files.readString(keyFile());
        RunningBridge bridge = RunningBridge.start(configuration);
        assertThat(command("secrets", "rotate")).startsWith("3 ").contains("another printer2mqtt uses it");
        bridge.close();

        assertThat(command("secrets", "rotate")).startsWith("0 ").contains("encrypted all credentials with the key ");

        assertThat(Files.readString(keyFile())).isNotEqualTo(first).hasSameSizeAs(first);
        assertPrinterIsReadAfterStart();
        Files.writeString(keyFile(), first);
        assertThatThrownBy(() -> RunningBridge.start(configuration)).isInstanceOf(StartException.class);
    }

    @Test
    void keyOfTheEnvironmentIsRotatedToAGivenOne() throws IOException {
        configuration.put("secrets", new JsonObject().put("key", OTHER_KEY));
        startWithOnePrinter();
        assertThat(keyFile()).doesNotExist();
        assertThat(command("secrets", "rotate")).startsWith("2 ").contains("name a file with the new key");
        Path next = Files.writeString(folder.resolve("next.key"), "1e".repeat(32));

        assertThat(command("secrets", "rotate", "--new-key-file", next.toString()))
                .startsWith("0 ")
                .contains("now set secrets.key_file to that file");

        configuration.put("secrets", new JsonObject().put("key_file", next.toString()));
        assertPrinterIsReadAfterStart();
    }

    @Test
    void credentialsWhoseKeyIsLostCanBeDiscarded() throws IOException {
        startWithOnePrinter();
        assertThat(command("secrets", "discard")).startsWith("3 ").contains("none was removed");
        Files.delete(keyFile());

        assertThat(command("secrets", "discard")).startsWith("0 ").contains("removed the credentials of 1 printer");

        RunningBridge bridge = RunningBridge.start(configuration);
        HttpApi api = bridge.api();
        api.awaitOffline("ender", "auth");
        api.patch("/api/printers/ender", new JsonObject().put("credentials", new JsonObject().put("api_key", API_KEY)));
        api.awaitState("ender", "idle");
        bridge.close();
    }

    private void startWithOnePrinter() {
        RunningBridge bridge = RunningBridge.start(configuration);
        JsonObject credentials = new JsonObject().put("api_key", API_KEY);
        OctoPrintSimulator simulator = new OctoPrintSimulator(SimulatedPrinters.machine("Ender"), API_KEY);
        assertThat(bridge.api()
                        .post(
                                "/api/printers",
                                SimulatedPrinters.registration("ender", printers.start(simulator))
                                        .put("credentials", credentials))
                        .statusCode())
                .isEqualTo(201);
        bridge.api().awaitState("ender", "idle");
        bridge.close();
    }

    private void assertPrinterIsReadAfterStart() {
        RunningBridge bridge = RunningBridge.start(configuration);
        bridge.api().awaitState("ender", "idle");
        bridge.close();
    }

    /** The state of the database before credentials were encrypted. */
    private void storePlain() throws SQLException {
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + databaseFile())) {
            old.createStatement().execute("UPDATE credentials SET api_key = '" + API_KEY + "'");
            old.createStatement().execute("DELETE FROM setting WHERE name = 'credentials.key_id'");
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

    private Path databaseFile() {
        return folder.resolve("printer2mqtt.db");
    }

    private Path keyFile() {
        return folder.resolve("printer2mqtt.db.key");
    }

    private String database() throws IOException {
        return new String(Files.readAllBytes(databaseFile()), StandardCharsets.ISO_8859_1);
    }
}
