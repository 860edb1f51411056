package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.cli.Launcher;
import io.github.printer2mqtt.cli.StartException;
import io.github.printer2mqtt.config.DatabaseConfig;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.Mosquitto;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.PostgresServer;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes at one database, in this process: what each of them answers, and who works after the other. */
@Timeout(90)
class StandbyNodeIT {
    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path folder;

    private final DatabaseConfig.Server server = PostgresServer.shared().newDatabase();
    private final String base = "nodes";
    private final Mosquitto broker = Mosquitto.open(Ports.free());

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    @SuppressWarnings("try") // the first node is stopped in the middle
    void nodeThatStandsByIsAliveNamesTheOtherAndTakesOver() {
        try (Launcher.Running north = start("north")) {
            HttpApi works = HttpApi.at(north.banner().httpPort());
            assertThat(works.get("/api/printers").statusCode()).isEqualTo(200);

            try (Launcher.Running south = start("south")) {
                assertThat(south.banner().lines())
                        .anyMatch(line -> line.contains("node south stands by; node north works"))
                        .anyMatch(line -> line.matches(" +printers +those of postgresql://.*, when this node works"));
                HttpApi standsBy = HttpApi.at(south.banner().httpPort());
                assertThat(standsBy.get("/health/live").statusCode()).isEqualTo(200);
                for (String path : List.of("/health/ready", "/api/printers", "/")) {
                    HttpResponse<String> answer = standsBy.get(path);
                    assertThat(answer.statusCode()).as(path).isEqualTo(503);
                    assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("standby");
                    assertThat(answer.body()).contains("node south stands by; node north works");
                }

                works.register(new JsonObject()
                        .put("name", "A")
                        .put("address", "192.0.2.1")
                        .put("driver", "moonraker"));
                try (TestSubscriber user = TestSubscriber.listen(broker.port(), base + "/#")) {
                    Await.until("north publishes", () -> source(user).contains("north"));
                    north.close();
                    Await.until("south publishes", () -> source(user).contains("south"));
                    assertThat(user.of(base + "/bridge/state"))
                            .extracting(TestSubscriber.Heard::text)
                            .containsOnly("{\"state\":\"online\"}");
                    assertThat(user.all()).noneMatch(heard -> heard.text().isEmpty());
                }
                JsonObject nodes =
                        HttpApi.json(HttpApi.at(south.banner().httpPort()).get("/api/nodes"), 200);
                assertThat(nodes.getInteger("epoch")).isEqualTo(2);
                assertThat(nodes.encode()).contains("\"name\":\"south\",\"role\":\"working\"");
                assertThat(HttpApi.at(south.banner().httpPort()).list().getJsonArray("printers"))
                        .hasSize(1);
            }
        }
    }

    @Test
    void nodeWithAnotherKeyDoesNotStart() throws IOException {
        try (Launcher.Running north = start("north")) {
            assertThat(north.banner().printers()).isZero();
            Path other = Files.writeString(folder.resolve("other.key"), "0f".repeat(32));
            JsonObject configuration =
                    configuration("south").put("secrets", new JsonObject().put("key_file", other.toString()));
            assertThatThrownBy(() -> start(configuration))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("key");
        }
    }

    @Test
    void twoNodesOfOneNameDoNotBothWork() {
        try (Launcher.Running north = start("north");
                Launcher.Running namesake = start("north")) {
            assertThat(north.banner().printers()).isZero();
            assertThat(namesake.banner().printers()).isNull();
        }
    }

    private String source(TestSubscriber user) {
        TestSubscriber.Heard state = user.newest(base + "/printers/a/state");
        return state == null ? "" : String.valueOf(state.json().getJsonObject("source"));
    }

    private Launcher.Running start(String node) {
        return start(configuration(node));
    }

    private static Launcher.Running start(JsonObject configuration) {
        return new BridgeLauncher(reason -> {}).start(RunningBridge.read(configuration));
    }

    private JsonObject configuration(String node) {
        JsonObject configuration = RunningBridge.configuration(folder, broker.port());
        configuration.getJsonObject("mqtt").put("base_topic", base);
        return configuration
                .put(
                        "database",
                        new JsonObject()
                                .put("url", server.url().toString())
                                .put("username", server.username())
                                .put("password", PostgresServer.PASSWORD))
                .put("cluster", new JsonObject().put("node", node).put("lease", "3s"))
                .put(
                        "secrets",
                        new JsonObject()
                                .put("key_file", folder.resolve("farm.key").toString()));
    }
}
