package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.PrusaLinkSimulator;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.PeerProcess;
import io.github.printer2mqtt.testing.Peers;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.github.printer2mqtt.testing.TestBroker;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shell commands of the documents, in a folder with a config.json, at a running bridge. Replaced are only the ports of the
 * bridge and its broker, the addresses of printers, tokens, keys and names of backups.
 */
class ShellCommandsIT {
    private static final String LIST = "curl http://127.0.0.1:8080/api/printers";
    private static final String SUBSCRIBE = "mosquitto_sub -h 127.0.0.1 -t 'printer2mqtt/printers/+/state' -v";
    private static final String ADD =
            "bin/printer2mqtt printers add \"MK4 left\" --address 192.0.2.20 --api-key-file mk4.key";
    private static final String PRINTERS = "bin/printer2mqtt printers list";
    private static final String CHECK = "bin/printer2mqtt printers check mk4-left";
    private static final String CHECK_BY_JAR = "java -jar target/printer2mqtt.jar printers check mk4-left";
    private static final String REGISTER_AUTO =
            "curl -X POST http://127.0.0.1:8080/api/printers -H 'Content-Type: application/json' \\\n"
                    + "  -d '{\"name\":\"MK4 left\",\"driver\":\"auto\",\"address\":\"192.0.2.20\",\"credentials\":{\"api_key\":\"…\"}}'";
    private static final String REGISTER_NAMED = """
            curl -X POST http://127.0.0.1:8080/api/printers -H 'Content-Type: application/json' -d '
              {"name": "MK4 left", "driver": "prusalink", "address": "http://192.0.2.20", "credentials": {"api_key": "…"},
               "group": "shelf-a", "tags": ["pla"], "polling": {"timeout": "3s"}}'""";
    private static final String STREAM = "curl -N 'http://127.0.0.1:8080/api/stream?fields=state,job'";
    private static final String STREAM_UNQUOTED = "curl -N http://127.0.0.1:8080/api/stream?fields=state,job";
    private static final String PAUSE = "curl -X POST http://127.0.0.1:8080/api/printers/mk4-left/commands/pause";
    private static final String PREVIEW = "bin/printer2mqtt printers import export-fdm-monster.yaml --preview";
    private static final String IMPORT = "bin/printer2mqtt printers import export-fdm-monster.yaml";
    private static final String PREVIEW_BY_HTTP =
            "curl --data-binary @export-fdm-monster.yaml -H 'Content-Type: application/yaml' http://127.0.0.1:8080/api/printers/import/preview";
    private static final String IMPORT_BY_HTTP =
            "curl --data-binary @printers.json -H 'Content-Type: application/json' http://127.0.0.1:8080/api/printers/import";
    private static final String ADD_USER =
            "curl -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' http://127.0.0.1:8080/api/users \\\n"
                    + "  -d '{\"name\": \"ben\", \"role\": \"operator\", \"password\": \"at least ten characters\"}'";
    private static final String NEW_PASSWORD =
            "curl -X PATCH -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' \\\n"
                    + "  http://127.0.0.1:8080/api/users/anna -d '{\"password\": \"a new one of ten or more\"}'";
    private static final String LOG_LEVEL =
            "curl -X PUT -H 'Content-Type: application/json' -d '{\"level\":\"info\",\"packages\":{\"mqtt\":\"debug\"}}' http://127.0.0.1:8080/api/log";
    private static final String WALL_TOKEN =
            "curl -X POST http://192.0.2.10:8080/api/tokens -H 'Authorization: Bearer ADMIN-TOKEN' -H 'Content-Type: application/json' \\\n"
                    + "  -d '{\"name\": \"screen in hall 1\", \"scopes\": [\"wall\"]}'";
    private static final String REPORT = "bin/printer2mqtt report";
    private static final String BACKUP = "bin/printer2mqtt backup";
    private static final String BACKUP_TO_FILE = "bin/printer2mqtt backup /mnt/nas/printer2mqtt.db";
    private static final String RESTORE =
            "bin/printer2mqtt restore data/backups/printer2mqtt-20261129T023000000Z-nightly.db";
    private static final String DOWNLOAD =
            "curl -H \"Authorization: Bearer $TOKEN\" -OJ http://127.0.0.1:8080/api/backup/printer2mqtt-20261129T101500123Z-request.db";

    /** As they are in the documents. */
    static final Set<String> COMMANDS = Set.of(
            LIST,
            SUBSCRIBE,
            ADD,
            PRINTERS,
            CHECK,
            CHECK_BY_JAR,
            REGISTER_AUTO,
            REGISTER_NAMED,
            STREAM,
            STREAM_UNQUOTED,
            PAUSE,
            PREVIEW,
            IMPORT,
            PREVIEW_BY_HTTP,
            IMPORT_BY_HTTP,
            ADD_USER,
            NEW_PASSWORD,
            LOG_LEVEL,
            WALL_TOKEN,
            REPORT,
            BACKUP,
            BACKUP_TO_FILE,
            RESTORE,
            DOWNLOAD);

    private static final String TOKEN = "token-of-the-test";
    private static final String PASSWORD = "long enough for all";

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    private final SimulatedPrinter machine = SimulatedPrinters.machine("MK4 left");

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path folder;

    @SuppressWarnings("NullAway.Init") // by JUnit
    private RunningBridge bridge;

    @SuppressWarnings("NullAway.Init") // by JUnit
    private String printer;

    @BeforeEach
    void startPrinterAndBridge() throws IOException {
        printer = printers.start(new PrusaLinkSimulator(machine, SimulatedPrinters.KEY))
                .url()
                .replace("http://", "");
        Files.writeString(folder.resolve("mk4.key"), SimulatedPrinters.KEY + "\n");
        Path script = Files.createDirectories(folder.resolve("bin")).resolve("printer2mqtt");
        Files.writeString(
                script,
                "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' -XX:TieredStopAtLevel=1"
                        + " -XX:+UseSerialGC -cp '" + classPath() + "' " + Main.class.getName()
                        + " \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        start(configuration());
    }

    @AfterEach
    void stopBridge() {
        bridge.close();
    }

    @Test
    void printerIsRegisteredReadAndChecked() throws IOException {
        assertThat(run(ADD)).contains("added mk4-left (prusalink, http://" + printer + ")");
        bridge.api().awaitState("mk4-left", "idle");

        assertThat(run(PRINTERS)).contains("MK4 left");
        assertThat(run(CHECK)).contains("reading");
        assertThat(run(CHECK_BY_JAR)).contains("reading");
        assertThat(run(LIST)).contains("\"mk4-left\"", "\"counts\"");
        assertThat(run(SUBSCRIBE
                        .replace(
                                "127.0.0.1",
                                "127.0.0.1 -C 1 -p " + TestBroker.shared().port())
                        .replace("printer2mqtt/printers", bridge.base() + "/printers")))
                .contains("printers/mk4-left/state {");
        assertStreams(STREAM);
        assertStreams(STREAM_UNQUOTED);
    }

    @Test
    void printerIsRegisteredAndPausedOverHttp() throws IOException {
        assertThat(run(REGISTER_AUTO)).contains("\"driver\":\"prusalink\"", "\"has_credentials\":true");
        assertThat(bridge.api().delete("/api/printers/mk4-left").statusCode()).isEqualTo(204);
        assertThat(run(REGISTER_NAMED)).contains("\"id\":\"mk4-left\"", "\"group\":\"shelf-a\"");
        machine.start("cube.gcode", Duration.ofHours(1));
        bridge.api().awaitState("mk4-left", "printing");

        run(PAUSE);

        bridge.api().awaitState("mk4-left", "paused");
    }

    @Test
    void exportsOfOtherProgramsAreImported() throws IOException {
        Files.writeString(
                folder.resolve("export-fdm-monster.yaml"),
                "printers:\n  - id: 1\n    name: Ender garage\n    enabled: false\n    printerURL: http://127.0.0.1:1001\n    apiKey: key\n");
        Files.writeString(
                folder.resolve("printers.json"),
                new JsonArray()
                        .add(new JsonObject()
                                .put("name", "Voron")
                                .put("disabled", true)
                                .put("printerURL", "http://127.0.0.1:1002")
                                .put("apikey", "key"))
                        .encode());

        assertThat(run(PREVIEW)).contains("ender-garage (octoprint", "nothing was imported");
        assertThat(run(PREVIEW_BY_HTTP)).contains("\"imported\":0");
        assertThat(run(LIST)).contains("\"total\":0");
        assertThat(run(IMPORT)).contains("1");
        assertThat(run(IMPORT_BY_HTTP)).contains("\"imported\":1");
        assertThat(run(LIST)).contains("ender-garage", "\"voron\"");

        String csv = MarkdownDocument.found(
                        Pattern.compile("```csv\n(.*?)```", Pattern.DOTALL),
                        MarkdownDocument.of(Path.of("docs", "getting-started.md"))
                                .text())
                .get(0);
        Files.writeString(
                folder.resolve("farm.csv"), csv.replace("192.0.2.22", printer).replace("192.0.2.21", "127.0.0.1:1003"));
        assertThat(run("bin/printer2mqtt printers import farm.csv")).contains("2");
        assertThat(run(LIST)).contains("\"mk4-right\"", "\"total\":4");
    }

    @Test
    void administratorUsesAToken() throws IOException {
        bridge.close();
        JsonObject configuration = configuration();
        configuration.getJsonObject("http").put("token", TOKEN);
        start(configuration);
        JsonObject anna =
                new JsonObject().put("name", "anna").put("role", "admin").put("password", PASSWORD);
        assertThat(bridge.api().withToken(TOKEN).post("/api/users", anna).statusCode())
                .isEqualTo(201);

        assertThat(run(ADD_USER)).contains("\"ben\"");
        assertThat(run(NEW_PASSWORD)).contains("\"anna\"");
        assertThat(run(WALL_TOKEN)).contains("\"token\":\"");
        JsonObject login = new JsonObject().put("user", "anna").put("password", "a new one of ten or more");
        assertThat(bridge.api().post("/api/login", login).statusCode()).isEqualTo(200);

        JsonObject backup = new JsonObject(
                bridge.api().withToken(TOKEN).send("POST", "/api/backup", null).body());
        String name = backup.getString("name");
        run(DOWNLOAD.replace("printer2mqtt-20261129T101500123Z-request.db", name));
        assertThat(folder.resolve(name)).isNotEmptyFile();
    }

    @Test
    void bridgeIsBackedUpReportedAndRestored() throws IOException {
        assertThat(run(LOG_LEVEL)).contains("\"mqtt\":\"debug\"");
        run(REPORT);
        assertThat(files(folder)).anyMatch(file -> file.endsWith(".zip"));
        run(BACKUP);
        Path nas = Files.createDirectory(folder.resolve("nas"));
        run(BACKUP_TO_FILE.replace("/mnt/nas", nas.toString()));
        assertThat(nas.resolve("printer2mqtt.db")).isNotEmptyFile();
        String copy = files(folder.resolve("backups")).get(0);

        bridge.close();
        String restored =
                run(RESTORE.replace("data/backups/printer2mqtt-20261129T023000000Z-nightly.db", "backups/" + copy));

        assertThat(restored).contains(copy);
        start(configuration());
    }

    private JsonObject configuration() {
        return RunningBridge.configuration(folder);
    }

    /** Starts a bridge, whose port the command line finds in config.json. */
    private void start(JsonObject configuration) throws IOException {
        bridge = RunningBridge.start(configuration);
        configuration.getJsonObject("http").put("port", bridge.httpPort());
        Files.writeString(folder.resolve("config.json"), configuration.encode());
    }

    private void assertStreams(String command) throws IOException {
        Path log = Files.createTempFile(folder, "stream", ".log");
        try (PeerProcess curl = PeerProcess.start(log, shell(command))) {
            Await.until("the snapshot", () -> curl.log().contains("event: snapshot"));
        }
    }

    /** Runs a command until its end and returns what it printed. */
    private String run(String command) throws IOException {
        Path log = Files.createTempFile(folder, "run", ".log");
        try (PeerProcess process = PeerProcess.start(log, shell(command))) {
            process.awaitEnd();
            return process.log();
        }
    }

    private List<String> shell(String command) {
        String here = command.replace("127.0.0.1:8080", "127.0.0.1:" + bridge.httpPort())
                .replace("192.0.2.10:8080", "127.0.0.1:" + bridge.httpPort())
                .replace("192.0.2.20", printer)
                .replace("…", SimulatedPrinters.KEY)
                .replace("ADMIN-TOKEN", TOKEN)
                .replace("java -jar target/printer2mqtt.jar", "bin/printer2mqtt");
        // Fails at the first error; the variables of the build are none of the bridge.
        return List.of(
                Peers.program("bash").toString(),
                "-c",
                "cd '" + folder + "'; unset ${!PRINTER2MQTT_@}; TOKEN=" + TOKEN + "; set -e -o pipefail; " + here);
    }

    /** With absolute paths, because the commands run in another folder. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> files(Path folder) {
        return Stream.of(Objects.requireNonNull(folder.toFile().list()))
                .sorted()
                .toList();
    }
}
