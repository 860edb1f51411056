package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.DatabaseConfig.Server;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.PrusaLinkSimulator;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.PostgresServer;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole bridge with its database at a PostgreSQL server. */
@Timeout(150)
class PostgresBridgeIT {
    private static final String ID = "mk4";

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    private final SimulatedPrinter machine = SimulatedPrinters.machine("MK4");
    private final PrinterServer printer = printers.start(new PrusaLinkSimulator(machine, SimulatedPrinters.KEY));

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @Test
    void everythingSurvivesARestart() {
        JsonObject configuration = configuration(PostgresServer.shared().newDatabase());
        JsonObject exported;
        JsonObject lastJob;
        String base;
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            register(bridge.api());
            bridge.api().awaitState(ID, "idle");
            machine.startUnderWay("clip.gcode", Duration.ofSeconds(600), Duration.ofSeconds(30));
            bridge.api().awaitState(ID, "printing");
            machine.cancel();
            bridge.api().awaitState(ID, "cancelled");
            exported = HttpApi.json(bridge.api().get("/api/printers/export"), 200);
            lastJob = bridge.api().status(ID).getJsonObject("last_job");
            base = bridge.base();
        }
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            assertThat(HttpApi.json(bridge.api().get("/api/printers/export"), 200))
                    .isEqualTo(exported);
            assertThat(bridge.base()).isEqualTo(base);
            // The key of the printer is decrypted again.
            bridge.api().awaitState(ID, "cancelled");
            assertThat(bridge.api().status(ID).getJsonObject("last_job")).isEqualTo(lastJob);
            JsonObject history = HttpApi.json(bridge.api().get("/api/history"), 200);
            assertThat(history.getJsonArray("jobs")).hasSize(1);
            assertThat(HttpApi.json(bridge.api().get("/api/audit"), 200).encode())
                    .contains("POST /api/printers");
            assertThat(bridge.health("database")).contains("\"up\"");
        }
    }

    @Test
    void killedBridgeIsFollowedByTheNextAndASecondOneIsRefused() {
        Server server = PostgresServer.shared().newDatabase();
        JsonObject configuration = configuration(server);
        try (ChildBridge bridge = ChildBridge.start(folder("first"), configuration)) {
            register(bridge.api());
            bridge.api().awaitState(ID, "idle");

            try (ChildBridge second = ChildBridge.launch(folder("second"), configuration)) {
                Await.until(
                        "the second one is refused",
                        Duration.ofSeconds(60),
                        () -> second.lines().stream()
                                .anyMatch(line -> line.contains("another printer2mqtt uses it (from 127.0.0.1")));
                assertThat(second.awaitExit()).isNotZero();
                assertThat(second.lines()).noneMatch(line -> line.contains("\tat "));
            }
            bridge.kill();
        }
        try (ChildBridge next = ChildBridge.start(folder("next"), configuration)) {
            next.api().awaitState(ID, "idle");
        }
    }

    @Test
    void printersArePolledAndPublishedWhileTheServerIsAway() {
        try (PostgresServer postgres = PostgresServer.start();
                RunningBridge bridge = RunningBridge.start(configuration(postgres.newDatabase()));
                TestSubscriber user = bridge.listen()) {
            register(bridge.api());
            bridge.api().awaitState(ID, "idle");
            postgres.stop();
            Await.until(
                    "the bridge has noticed it", () -> bridge.health("database").contains("it cannot be reached"));
            assertThat(bridge.api().get("/health/ready").statusCode()).isEqualTo(200);

            machine.startUnderWay("clip.gcode", Duration.ofSeconds(600), Duration.ofSeconds(30));
            user.await(
                    bridge.topic("printers/" + ID + "/state"),
                    heard -> heard.text().contains("\"printing\""));
            JsonObject refused = HttpApi.json(
                    bridge.api().patch("/api/printers/" + ID, new JsonObject().put("name", "Renamed")), 503);
            assertThat(refused.getString("code")).isEqualTo("not_stored");
            assertThat(refused.getString("detail")).contains("the database cannot be reached");
            assertThat(HttpApi.json(bridge.api().get("/api/history"), 503).getString("code"))
                    .isEqualTo("history_unavailable");
            machine.cancel();
            bridge.api().awaitState(ID, "cancelled");

            postgres.restart();
            Await.until(
                    "the bridge works again", () -> bridge.health("database").contains("\"up\""));
            HttpApi.json(bridge.api().patch("/api/printers/" + ID, new JsonObject().put("name", "Renamed")), 200);
            Await.until(
                    "the print that ended meanwhile is stored",
                    () -> !HttpApi.json(bridge.api().get("/api/history"), 200)
                            .getJsonArray("jobs")
                            .isEmpty());
        }
    }

    @Test
    void whatIsForAFileIsAnsweredInOneLine() throws Exception {
        JsonObject configuration = configuration(PostgresServer.shared().newDatabase());
        String advice =
                "is at a server: copy it with pg_dump and restore it with pg_restore while the bridge is stopped";
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            JsonObject problem = HttpApi.json(bridge.api().post("/api/backup", new JsonObject()), 501);
            assertThat(problem.getString("code")).isEqualTo("backup_unsupported");
            assertThat(problem.getString("detail")).endsWith(advice);
            assertThat(HttpApi.json(bridge.api().get("/api/backup"), 501).getString("detail"))
                    .endsWith(advice);
        }
        Path own = folder("command");
        assertThat(ChildBridge.command(own, configuration, "backup").waitFor()).isNotZero();
        assertThat(Files.readAllLines(own.resolve("output.log")))
                .singleElement()
                .asString()
                .endsWith(advice);
    }

    private JsonObject configuration(Server server) {
        JsonObject configuration = RunningBridge.configuration(folder);
        configuration
                .getJsonObject("database")
                .put("url", server.url().toString())
                .put("username", server.username())
                .put("password", PostgresServer.PASSWORD);
        return configuration;
    }

    private void register(HttpApi api) {
        HttpApi.json(api.post("/api/printers", SimulatedPrinters.registration(ID, printer)), 201);
    }

    private Path folder(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
