package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.cli.CliContext;
import io.github.printer2mqtt.cli.command.CommandLineInterface;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.ZipText;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code printer2mqtt report}, which is needed most while the bridge does not run. */
@Timeout(60)
class ReportTest {
    private static final String TOKEN = "canary-token-0123456789";
    private static final String KEY = "canary-key-0123456789";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void runningBridgeIsAskedWithTheConfiguredToken() throws IOException {
        int port = Ports.free();
        JsonObject configuration = RunningBridge.configuration(folder);
        configuration.getJsonObject("http").put("port", port).put("token", TOKEN);
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            assertThat(bridge.httpPort()).isEqualTo(port);
            assertThat(report(configuration)).as(err.toString()).isZero();
        }
        Map<String, String> files = archive();
        assertThat(files).containsKeys("health.json", "polls.json", "log.jsonl").doesNotContainKey("problems.txt");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(out.toString()).contains("wrote " + file(), "look through it");

        assertThat(report(configuration)).isEqualTo(2);
        assertThat(err.toString()).contains("FILE: found a file", "expected the name of a new one");
    }

    @Test
    void stoppedBridgeIsDescribedFromItsFiles() throws IOException {
        JsonObject configuration = RunningBridge.configuration(folder);
        configuration.getJsonObject("http").put("token", TOKEN);
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            register(bridge);
        }
        List<String> before = names();
        configuration.getJsonObject("http").put("port", Ports.free());

        assertThat(report(configuration)).as(err.toString()).isZero();

        Map<String, String> files = archive();
        assertThat(files.get("problems.txt")).contains("no bridge runs at");
        assertThat(new JsonObject(files.get("database-check.json")).getString("check"))
                .isEqualTo("ok");
        assertThat(files.get("registrations.json")).contains("\"id\" : \"dead\"", "http://192.0.2.7:7125");
        assertThat(files.get("config.json")).contains("\"value\" : \"***\"");
        assertThat(files).allSatisfy((name, text) -> assertThat(text).doesNotContain("canary"));
        assertThat(names())
                .as("no other new file")
                .containsExactlyInAnyOrderElementsOf(with(before, "config.json", "report.zip"));
    }

    /** The bridge holds the lock of the database and does not answer where it is asked. */
    @Test
    void databaseInUseIsReadAllTheSame() throws IOException {
        JsonObject configuration = RunningBridge.configuration(folder);
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            register(bridge);
            configuration.getJsonObject("http").put("port", Ports.free());

            assertThat(report(configuration)).as(err.toString()).isZero();
        }
        assertThat(archive().get("registrations.json")).contains("\"id\" : \"dead\"");
    }

    @Test
    void invalidConfigurationIsTheReasonAndInTheArchive() throws IOException {
        JsonObject configuration = RunningBridge.configuration(folder);
        configuration.getJsonObject("http").put("prot", 8080);
        configuration.getJsonObject("mqtt").put("password", List.of(KEY));

        assertThat(report(configuration)).as(err.toString()).isZero();

        assertThat(archive().get("problems.txt"))
                .contains("http.prot", "mqtt.password")
                .doesNotContain("canary");
        assertThat(archive()).containsOnlyKeys("README.txt", "problems.txt", "system.json");
    }

    @Test
    void damagedAndMissingDatabasesAreSaidSo() throws IOException {
        JsonObject configuration = RunningBridge.configuration(folder);
        configuration.getJsonObject("http").put("port", Ports.free());
        assertThat(report(configuration)).isZero();
        assertThat(archive().get("database-check.json")).contains("there is no file");

        Files.delete(file());
        Files.writeString(folder.resolve("printer2mqtt.db"), "no database ".repeat(500));
        assertThat(report(configuration)).isZero();
        assertThat(archive().get("database-check.json")).contains("\"error\"", "not a database");
    }

    @Test
    void namedBridgeThatDoesNotAnswerIsNoReasonToLookAtThisMachine() throws IOException {
        JsonObject configuration = RunningBridge.configuration(folder);

        assertThat(report(configuration, "--url", "http://127.0.0.1:" + Ports.free()))
                .isEqualTo(4);
        assertThat(file()).doesNotExist();
    }

    private static void register(RunningBridge bridge) {
        bridge.api()
                .withToken(TOKEN)
                .register(new JsonObject()
                        .put("id", "dead")
                        .put("name", "Dead")
                        .put("driver", "moonraker")
                        .put("address", "192.0.2.7")
                        .put("credentials", new JsonObject().put("api_key", KEY)));
    }

    private int report(JsonObject configuration, String... more) throws IOException {
        Path config = Files.writeString(folder.resolve("config.json"), configuration.encode(), StandardCharsets.UTF_8);
        CliContext context = Main.context(
                Map.of(),
                folder.resolve("none.json"),
                new PrintWriter(out),
                new PrintWriter(err),
                new BridgeLauncher(reason -> {}));
        List<String> arguments = with(List.of(more), "report", "--config", config.toString(), file().toString());
        return new CommandLineInterface(context).run(arguments.toArray(String[]::new));
    }

    private static List<String> with(List<String> some, String... more) {
        return Stream.concat(Stream.of(more), some.stream()).toList();
    }

    private Path file() {
        return folder.resolve("report.zip");
    }

    private Map<String, String> archive() throws IOException {
        return ZipText.of(Files.readAllBytes(file()));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
