package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.cli.StartException;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.PrusaLinkSimulator;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.github.printer2mqtt.testing.TestBroker;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What survives a restart of the bridge, and how a failed start is reported. */
@Timeout(60)
class RestartTest {
    private static final String ID = "mk4";

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    private final SimulatedPrinter machine = SimulatedPrinters.machine("MK4");
    private final PrinterServer printer = printers.start(new PrusaLinkSimulator(machine, SimulatedPrinters.KEY));

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private JsonObject configuration;

    @BeforeEach
    void configure() {
        configuration = RunningBridge.configuration(folder);
    }

    @Test
    void registrationsAndLastJobSurvive() {
        JsonObject exported;
        JsonObject lastJob;
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            register(bridge.api());
            bridge.api().awaitState(ID, "idle");
            machine.startUnderWay("clip.gcode", Duration.ofSeconds(600), Duration.ofSeconds(30));
            bridge.api().awaitState(ID, "printing");
            machine.cancel();
            bridge.api().awaitState(ID, "cancelled");
            machine.clear();
            bridge.api().awaitState(ID, "idle");
            lastJob = bridge.api().status(ID).getJsonObject("last_job");
            exported = HttpApi.json(bridge.api().get("/api/printers/export"), 200);
        }
        assertThat(lastJob.getString("result")).isEqualTo("cancelled");
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            assertThat(HttpApi.json(bridge.api().get("/api/printers/export"), 200))
                    .isEqualTo(exported);
            JsonObject status = bridge.api().awaitState(ID, "idle");
            assertThat(status.getJsonObject("last_job")).isEqualTo(lastJob);
            assertThat(status.getString("group")).isEqualTo("shelf-a");
            assertThat(status.getJsonArray("tags")).isEqualTo(JsonArray.of("pla"));
        }
    }

    @Test
    void runningJobContinuesWithoutEvent() {
        machine.startUnderWay("bracket.gcode", Duration.ofHours(3), Duration.ofMinutes(20));
        try (TestSubscriber user = TestSubscriber.listen(
                TestBroker.shared().port(), configuration.getJsonObject("mqtt").getString("base_topic") + "/#")) {
            try (RunningBridge bridge = RunningBridge.start(configuration)) {
                register(bridge.api());
                bridge.api().awaitState(ID, "printing");
            }
            try (RunningBridge bridge = RunningBridge.start(configuration)) {
                JsonObject status = bridge.api().awaitState(ID, "printing");
                assertThat(status.getJsonObject("job").getString("file")).startsWith("bracket");
                assertThat(status.getJsonObject("last_job")).isNull();
                machine.pause();
                bridge.api().awaitState(ID, "paused");
                bridge.awaitEvents(user, ID, 1);
                assertThat(bridge.events(user, ID))
                        .as("the first event happened after the restart")
                        .filteredOn(type -> !type.startsWith("printer_"))
                        .containsExactly("print_paused");
            }
        }
    }

    @Test
    void jobThatEndedMeanwhileIsLastJobWithoutEvent() {
        machine.startUnderWay("spool.gcode", Duration.ofHours(3), Duration.ofMinutes(20));
        try (TestSubscriber user = TestSubscriber.listen(
                TestBroker.shared().port(), configuration.getJsonObject("mqtt").getString("base_topic") + "/#")) {
            try (RunningBridge bridge = RunningBridge.start(configuration)) {
                register(bridge.api());
                bridge.api().awaitState(ID, "printing");
            }
            machine.cancel();
            try (RunningBridge bridge = RunningBridge.start(configuration)) {
                JsonObject lastJob = bridge.api().awaitState(ID, "cancelled").getJsonObject("last_job");
                assertThat(lastJob.getString("file")).startsWith("spool");
                assertThat(lastJob.getString("result")).isEqualTo("cancelled");
                assertThat(lastJob.getString("ended_at")).isNull();
                user.await(
                        bridge.topic("printers/" + ID + "/state"),
                        heard -> heard.text().contains("\"state\":\"cancelled\""));
                user.catchUp();
                assertThat(bridge.events(user, ID))
                        .filteredOn(type -> !type.startsWith("printer_"))
                        .isEmpty();
            }
        }
    }

    @Test
    void offlineTimeSurvives() {
        try (TestSubscriber user = TestSubscriber.listen(
                TestBroker.shared().port(), configuration.getJsonObject("mqtt").getString("base_topic") + "/#")) {
            String topic;
            try (RunningBridge bridge = RunningBridge.start(configuration)) {
                topic = bridge.topic("printers/" + ID + "/availability");
                register(bridge.api());
                bridge.api().awaitState(ID, "idle");
                Await.done(printer.behave(Behaviour.refusing()));
                user.await(topic, heard -> heard.text().contains("offline"));
            }
            try (RunningBridge bridge = RunningBridge.start(configuration)) {
                Await.until(
                        "the availability is published again",
                        () -> offlineSince(user, topic).size() == 2);
                assertThat(new HashSet<>(offlineSince(user, topic))).hasSize(1);
                Await.done(printer.behave(Behaviour.healthy()));
                bridge.api().awaitState(ID, "idle");
                Await.done(printer.behave(Behaviour.refusing()));
                Await.until(
                        "the printer is offline again",
                        () -> offlineSince(user, topic).size() == 3);
                assertThat(new HashSet<>(offlineSince(user, topic)))
                        .as("a new time")
                        .hasSize(2);
            }
        }
    }

    private static List<String> offlineSince(TestSubscriber user, String topic) {
        return user.of(topic).stream()
                .map(heard -> heard.json().getString("since"))
                .filter(Objects::nonNull)
                .toList();
    }

    @Test
    void listIsServedBeforeAnyPrinterAnswered() {
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            register(bridge.api());
            bridge.api().awaitState(ID, "idle");
        }
        Await.done(printer.behave(Behaviour.silent()));
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            JsonObject list = bridge.api().list();
            assertThat(list.getJsonObject("counts").getInteger("total")).isEqualTo(1);
            assertThat(list.getJsonObject("counts").getInteger("unknown")).isEqualTo(1);
            bridge.api().awaitOffline(ID, "timeout");
        }
    }

    @Test
    void unreadablePrinterIsShownAsDisabledAndOthersAreMonitored() throws SQLException {
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            register(bridge.api());
            for (String id : List.of("unreadable", "future")) {
                bridge.api()
                        .register(new JsonObject()
                                .put("id", id)
                                .put("name", id)
                                .put("driver", "prusalink")
                                .put("address", id + ".example"));
            }
        }
        String path = configuration.getJsonObject("database").getString("path");
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + path)) {
            database.createStatement().execute("UPDATE printer SET tags = 'pla' WHERE id = 'unreadable'");
            database.createStatement().execute("UPDATE printer SET driver = 'hologram' WHERE id = 'future'");
        }
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            bridge.api().awaitState(ID, "idle");
            assertThat(bridge.api().awaitOffline("unreadable", "disabled").getString("message"))
                    .isEqualTo("its row in the database is unreadable; change or remove the printer");
            assertThat(bridge.api().awaitOffline("future", "disabled").getString("message"))
                    .contains("no driver called", "hologram");

            JsonObject repair = new JsonObject().put("enabled", true).put("address", printer.url());
            HttpApi.json(bridge.api().patch("/api/printers/unreadable", repair), 409);
            assertThat(bridge.api().delete("/api/printers/" + ID).statusCode()).isEqualTo(204);
            repair.put("credentials", new JsonObject().put("api_key", SimulatedPrinters.KEY));
            HttpApi.json(bridge.api().patch("/api/printers/unreadable", repair), 200);
            bridge.api().awaitState("unreadable", "idle");
        }
    }

    @Test
    void damagedDatabaseIsReportedInOneLineAndNotChanged() throws IOException {
        Path database = Path.of(configuration.getJsonObject("database").getString("path"));
        String content = "this is not a database ".repeat(400);
        Files.writeString(database, content);
        assertThatThrownBy(() -> RunningBridge.start(configuration).close())
                .isInstanceOf(StartException.class)
                .message()
                .contains(database.toString(), "not a SQLite database")
                .doesNotContain("\n", "Exception");
        assertThat(database).hasContent(content);
    }

    @Test
    void httpPortInUseIsReportedInOneLineAndNothingStaysRunning() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            configuration.getJsonObject("http").put("port", other.getLocalPort());
            assertThatThrownBy(() -> RunningBridge.start(configuration).close())
                    .isInstanceOf(StartException.class)
                    .message()
                    .contains("http.port", String.valueOf(other.getLocalPort()))
                    .doesNotContain("\n", "Exception");
        }
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            assertThat(bridge.api().list().getJsonArray("printers")).isEmpty();
        }
    }

    @Test
    void brokerPortInUseIsReportedInOneLineAndNothingStaysRunning() throws IOException {
        int http = Ports.free();
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            configuration.getJsonObject("http").put("port", http);
            configuration.getJsonObject("mqtt").putNull("url");
            configuration.put("broker", new JsonObject().put("port", other.getLocalPort()));
            assertThatThrownBy(() -> RunningBridge.start(configuration).close())
                    .isInstanceOf(StartException.class)
                    .message()
                    .contains("broker.port", String.valueOf(other.getLocalPort()))
                    .doesNotContain("\n", "Exception");
        }
        // The bridge listened on this port before it failed to bind the broker's.
        try (ServerSocket free = new ServerSocket(http, 1, InetAddress.getLoopbackAddress())) {
            assertThat(free.isBound()).isTrue();
        }
    }

    private void register(HttpApi api) {
        api.register(SimulatedPrinters.registration(ID, printer)
                .put("group", "shelf-a")
                .put("tags", JsonArray.of("pla"))
                .put("polling", new JsonObject().put("timeout", "2s")));
    }
}
