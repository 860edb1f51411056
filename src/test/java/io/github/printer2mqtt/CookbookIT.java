package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.OctoPrintSimulator;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.NodeRed;
import io.github.printer2mqtt.testing.Peers;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The recipes of docs/cookbook.md, with the real programs, at a bridge with one printer. */
class CookbookIT {
    private static final MarkdownDocument DOCUMENT = MarkdownDocument.of(Path.of("docs", "cookbook.md"));
    private static final String TOKEN = "token-of-the-test";

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    private final SimulatedPrinter machine = SimulatedPrinters.machine("MK4 left");

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path folder;

    @SuppressWarnings("NullAway.Init") // by JUnit
    private RunningBridge bridge;

    @BeforeEach
    void startBridge() {
        JsonObject configuration = RunningBridge.configuration(folder);
        configuration.getJsonObject("http").put("token", TOKEN);
        bridge = RunningBridge.start(configuration);
        api().register(SimulatedPrinters.registration(
                "mk4-left", printers.start(new OctoPrintSimulator(machine, SimulatedPrinters.KEY))));
        api().awaitState("mk4-left", "idle");
    }

    @AfterEach
    void stopBridge() {
        bridge.close();
    }

    @Test
    void everyCommandOfCurlSucceeds() throws IOException {
        Peers.program("curl");
        List<String> recipes = snippets("sh");
        assertThat(recipes).hasSizeGreaterThan(5);

        String output = run("bash", "-euo", "pipefail", "-c", String.join("\n", recipes));

        assertThat(output).contains("\"counts\"", "\"has_credentials\":true", "\"new nozzle\"", "\"stages\"", "p2m_");
        assertThat(machine.view().nozzleTarget()).isEqualTo(215);
        assertThat(Files.readString(folder.resolve("printers.csv"))).contains("mk4-left,MK4 left,octoprint");
        assertThat(Files.readString(folder.resolve("prints.csv"))).contains("printer");
        assertThat(Files.readString(folder.resolve("finish.ics"))).startsWith("BEGIN:VCALENDAR");
        assertThat(api().list().getJsonObject("counts").getInteger("total")).isEqualTo(1);
    }

    @Test
    void pythonProgramsRun() {
        List<String> programs = snippets("python");
        assertThat(programs).hasSize(2);
        api().register(new JsonObject()
                .put("id", "off")
                .put("name", "Switched off")
                .put("driver", "octoprint")
                .put("address", "127.0.0.1:1"));
        api().awaitOffline("off", "refused");

        assertThat(run(Peers.program("python3").toString(), "-c", programs.get(0)))
                .startsWith("Switched off refused");
        assertThat(run(Peers.program("python3").toString(), "-c", programs.get(1)))
                .isEqualTo("mk4-left is idle\n");
    }

    @Test
    void flowAsksTheBridge() {
        String flow = snippets("json")
                .get(0)
                .replace("127.0.0.1:8080", "127.0.0.1:" + bridge.httpPort())
                .replace("env.get('P2M_TOKEN')", "'" + TOKEN + "'");
        // The editor puts imported nodes on a tab.
        JsonArray flows = JsonArray.of(new JsonObject().put("id", "tab").put("type", "tab"));
        new JsonArray(flow).forEach(node -> flows.add(((JsonObject) node).put("z", "tab")));
        try (NodeRed nodeRed = NodeRed.start(folder)) {
            nodeRed.deploy(flows);
            nodeRed.press("p2m-button");
            Await.until("the list", () -> nodeRed.log().contains("mk4-left"));
        }
    }

    @Test
    void homeAssistantFindsItsValuesAndCommands() throws IOException {
        String yaml = snippets("yaml").get(0).replace("!secret printer2mqtt_authorization", "Bearer " + TOKEN);
        JsonObject configuration =
                new JsonObject(new Yaml(new SafeConstructor(new LoaderOptions())).<Map<String, Object>>load(yaml));

        JsonObject sensors = configuration.getJsonArray("rest").getJsonObject(0);
        JsonObject answer = HttpApi.json(send("GET", sensors, "resource", null), 200);
        for (Object sensor : sensors.getJsonArray("sensor")) {
            String template = ((JsonObject) sensor).getString("value_template");
            assertThat(template).matches("\\{\\{ value_json\\.counts\\.[a-z]+ }}");
            String key = template.replaceAll(".*counts\\.([a-z]+).*", "$1");
            assertThat(answer.getJsonObject("counts").getInteger(key)).as(key).isNotNull();
        }
        JsonObject command = configuration.getJsonObject("rest_command").getJsonObject("printer_preheat");
        String payload = command.getString("payload").replace("{{ target }}", "215");
        assertThat(send("POST", command, "url", payload).statusCode()).isEqualTo(202);
        assertThat(command.getString("method")).isEqualTo("post");
        assertThat(machine.view().nozzleTarget()).isEqualTo(215);
    }

    /** Sends what an entry of the configuration describes. */
    private HttpResponse<String> send(String method, JsonObject entry, String url, @Nullable String body) {
        assertThat(entry.getJsonObject("headers").getString("Authorization")).isEqualTo("Bearer " + TOKEN);
        String path = entry.getString(url).replace("http://127.0.0.1:8080", "").replace("{{ printer }}", "mk4-left");
        assertThat(path).startsWith("/api/");
        return api().send(method, path, body);
    }

    private HttpApi api() {
        return bridge.api().withToken(TOKEN);
    }

    private static List<String> snippets(String language) {
        return MarkdownDocument.found(
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL), DOCUMENT.text());
    }

    /** Runs a program to its end and returns what it wrote. */
    private String run(String... command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).directory(folder.toFile());
        builder.environment().putAll(Map.of("BRIDGE", "http://127.0.0.1:" + bridge.httpPort(), "TOKEN", TOKEN));
        Path log = folder.resolve("output.log");
        try {
            Process process = builder.redirectOutput(log.toFile()).start();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            process.destroyForcibly();
            String output = Files.readString(log);
            assertThat(ended && process.exitValue() == 0).as(output).isTrue();
            return output;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
