package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.RestoredLogLevel;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.github.printer2mqtt.testing.TestBroker;
import io.github.printer2mqtt.testing.ZipText;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The archive for support of a running bridge. */
@Timeout(60)
class SupportTest {
    private static final String KEY = "canary-key-0123456789";
    private static final String TOKEN = "canary-token-0123456789";

    @TempDir
    Path folder;

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    @RegisterExtension
    private final RestoredLogLevel logLevel = new RestoredLogLevel();

    @Test
    void archiveHasWhatTheDocumentLists() {
        SimulatedPrinter machine = SimulatedPrinters.machine("Voron");
        machine.startUnderWay("bracket-for-customer-17.gcode", Duration.ofHours(1), Duration.ofMinutes(6));
        PrinterServer voron = printers.start(new MoonrakerSimulator(machine));
        JsonObject configuration = RunningBridge.configuration(folder);
        configuration.getJsonObject("http").put("token", TOKEN);
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            HttpApi api = bridge.api().withToken(TOKEN);
            setLogLevel(api, "info");
            api.register(SimulatedPrinters.registration("voron", voron)
                    .put("credentials", new JsonObject().put("api_key", KEY)));
            api.register(SimulatedPrinters.registration("dead", voron)
                    .put("driver", "octoprint")
                    .put("address", "127.0.0.1:9"));
            api.awaitState("voron", "printing");
            api.awaitState("dead", "offline");

            Map<String, String> files = ZipText.of(api.bytes("/api/support"));

            assertThat(files.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            MarkdownDocument.reference("http.md").names("## Archive for support"));
            assertThat(files).allSatisfy((name, text) -> {
                assertThat(text).as(name).doesNotContain("not complete", TOKEN, KEY, "customer-17");
                assertThat(files.get("README.txt")).contains(name.equals("README.txt") ? "Support archive" : name);
            });
            assertThat(new JsonObject(files.get("database-check.json")).getString("check"))
                    .isEqualTo("ok");
            assertThat(new JsonObject(files.get("database-check.json")).getLong("schema_version"))
                    .isPositive();
            assertThat(files.get("config.json"))
                    .contains("\"key\" : \"http.token\"", "\"value\" : \"***\"", "\"source\" : \"file\"");
            assertThat(files.get("registrations.json")).contains("\"id\" : \"dead\"", "127.0.0.1:9");
            assertThat(lines(files, "printers.json")).hasSize(2);
            assertThat(files.get("polls.json"))
                    .contains("\"id\":\"dead\"", "\"result\":\"refused\"", "\"id\":\"voron\"");
            assertThat(files.get("metrics.txt")).contains("printer2mqtt_printer_online{printer=\"dead\"} 0.0");
            assertThat(files.get("threads.txt")).contains("vert.x-eventloop-thread", "    ");
            assertThat(files.get("health.json")).contains("broker", "database");
            assertThat(lines(files, "log.jsonl"))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(new JsonObject(line).getString("message"))
                            .isNotNull())
                    .anyMatch(line -> line.contains("registered voron"));
            assertThat(api.send("HEAD", "/api/support", null).statusCode()).isEqualTo(200);
        }
    }

    /** Prints of customers, of which the first is neither the present nor the last one when the archive is made. */
    @Test
    void namesOfPrintsAreInNoFile() {
        SimulatedPrinter machine = SimulatedPrinters.machine("Voron");
        PrinterServer voron = printers.start(new MoonrakerSimulator(machine));
        try (RunningBridge bridge = RunningBridge.start(RunningBridge.configuration(folder))) {
            HttpApi api = bridge.api();
            api.register(SimulatedPrinters.registration("voron", voron));
            api.awaitState("voron", "idle");
            List<String> files = List.of("first-canary.gcode", "Halter \"canary\" für 18.gcode", "third-canary.gcode");
            for (String file : files) {
                machine.startUnderWay(file, Duration.ofHours(1), Duration.ofMinutes(6));
                api.awaitState("voron", "printing");
                LoggerFactory.getLogger(SupportTest.class)
                        .warn("alert stalled of voron (warning): No progress: {} stays at 10 %", file);
                machine.cancel();
                api.awaitState("voron", "cancelled");
            }
            Await.until(
                    "the prints are recorded",
                    () -> files.stream()
                            .allMatch(file -> api.get("/api/history")
                                    .body()
                                    .contains(Json.encode(file).replaceAll("^\"|\"$", ""))));

            Map<String, String> archive = ZipText.of(api.bytes("/api/support"));

            assertThat(lines(archive, "log.jsonl")).anyMatch(line -> line.contains("No progress: *** stays at 10 %"));
            assertThat(archive)
                    .allSatisfy((name, text) -> assertThat(text).as(name).doesNotContain("canary"));
        }
    }

    /** Below the levels at which anything is usually logged, and with a broker that refuses the password. */
    @Test
    void noSecretIsInTheArchiveAtTheFinestLevel() {
        try (TestBroker broker = TestBroker.withLogin("farm", "another-password")) {
            JsonObject configuration = RunningBridge.configuration(folder, broker.port());
            configuration.getJsonObject("http").put("token", TOKEN);
            configuration.getJsonObject("mqtt").put("username", "farm").put("password", "canary-of-the-broker");
            configuration
                    .put(
                            "notify",
                            new JsonObject()
                                    .put(
                                            "webhook",
                                            new JsonObject()
                                                    .put("url", "http://127.0.0.1:9/canary-hook-0123456789")
                                                    .put("secret", "canary-secret-0123456789"))
                                    .put(
                                            "ntfy",
                                            new JsonObject()
                                                    .put("url", "http://127.0.0.1:9/canary-topic")
                                                    .put("token", "canary-ntfy-0123456789")))
                    .put("secrets", new JsonObject().put("key", "ca9a27".repeat(10) + "cafe"));
            PrinterServer voron = printers.start(new MoonrakerSimulator(SimulatedPrinters.machine("Voron")));
            try (RunningBridge bridge = RunningBridge.start(configuration)) {
                HttpApi api = bridge.api().withToken(TOKEN);
                setLogLevel(api, "trace");
                api.register(SimulatedPrinters.registration("voron", voron)
                        .put("credentials", new JsonObject().put("api_key", KEY)));
                api.awaitState("voron", "idle");
                api.send("POST", "/api/notifications/test", null);
                JsonObject user = new JsonObject()
                        .put("name", "anna")
                        .put("role", "admin")
                        .put("password", "canary-password-of-anna");
                assertThat(api.post("/api/users", user).statusCode()).isEqualTo(201);

                Map<String, String> files = ZipText.of(api.bytes("/api/support"));

                assertThat(files.get("log.jsonl")).contains("\"level\":\"");
                assertThat(files).allSatisfy((name, text) -> assertThat(text).doesNotContain("canary", "ca9a27ca9a27"));
            }
        }
    }

    private static void setLogLevel(HttpApi api, String level) {
        JsonObject levels = new JsonObject().put("level", level).put("packages", new JsonObject());
        assertThat(api.send("PUT", "/api/log", levels.encode()).statusCode()).isEqualTo(200);
    }

    private static Stream<String> lines(Map<String, String> files, String name) {
        return Objects.requireNonNull(files.get(name)).lines();
    }
}
