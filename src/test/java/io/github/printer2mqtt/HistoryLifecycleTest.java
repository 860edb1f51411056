package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.PrusaLinkSimulator;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The history as clients see it, over restarts, kills and a lost database. */
@Timeout(90)
class HistoryLifecycleTest {
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
    void everyEndIsRecordedOnceWithWhatIsKnown() {
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            bridge.api()
                    .register(SimulatedPrinters.registration(ID, printer)
                            .put("group", "shelf-a")
                            .put("polling", new JsonObject().put("timeout", "2s")));
            bridge.api().awaitState(ID, "idle");
            machine.startUnderWay("a.gcode", Duration.ofSeconds(600), Duration.ofSeconds(598));
            awaitPrinting(bridge.api());
            bridge.api().awaitState(ID, "finished");
            machine.startUnderWay("b.gcode", Duration.ofHours(1), Duration.ofMinutes(20));
            awaitPrinting(bridge.api());
            machine.cancel();
            bridge.api().awaitState(ID, "cancelled");
            machine.startUnderWay("c.gcode", Duration.ofHours(1), Duration.ofMinutes(20));
            awaitPrinting(bridge.api());
            assertThat(HttpApi.json(
                                    bridge.api().patch("/api/printers/" + ID, new JsonObject().put("name", "Renamed")),
                                    200)
                            .getString("name"))
                    .isEqualTo("Renamed");
            machine.fail("thermal runaway");
            bridge.api().awaitState(ID, "error");
            machine.clear();
            machine.startUnderWay("d.gcode", Duration.ofHours(1), Duration.ofMinutes(20));
            awaitPrinting(bridge.api());
        }
        machine.cancel();
        machine.clear();
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            bridge.api().awaitState(ID, "idle");
            assertThat(history(bridge.api()))
                    .containsExactly("d unknown Renamed", "c failed Renamed", "b cancelled MK4", "a finished MK4");
            JsonObject unseen = jobs(bridge.api()).get(0);
            assertThat(unseen.getString("started_at")).isNotNull();
            assertThat(unseen.getString("ended_at")).isNull();
            assertThat(unseen.getLong("duration")).isGreaterThanOrEqualTo(1200);
            JsonObject finished = jobs(bridge.api()).get(3);
            assertThat(finished.getString("ended_at")).isNotNull();
            assertThat(finished.getDouble("progress")).isEqualTo(100.0);
            assertThat(finished.getLong("duration")).isBetween(598L, 610L);
            assertThat(states(bridge.api()))
                    .startsWith("unknown idle", "error printing")
                    .contains("printing finished", "printing cancelled", "printing error")
                    .endsWith("unknown idle");
            JsonObject statistics = HttpApi.json(bridge.api().get("/api/statistics"), 200);
            assertThat(statistics.getJsonObject("fleet").getJsonObject("jobs").encode())
                    .isEqualTo("{\"total\":4,\"finished\":1,\"cancelled\":1,\"failed\":1,\"unknown\":1}");

            assertThat(bridge.api().delete("/api/printers/" + ID).statusCode()).isEqualTo(204);
            assertThat(history(bridge.api())).as("of a removed printer").hasSize(4);
        }
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            assertThat(history(bridge.api())).hasSize(4);
        }
    }

    @Test
    void endIsRecordedOnceWheneverTheBridgeIsKilled() {
        List<String> expected = List.of();
        for (int round = 0; round < 3; round++) {
            try (ChildBridge bridge = ChildBridge.start(folder, configuration)) {
                if (round == 0) {
                    bridge.api().register(SimulatedPrinters.registration(ID, printer));
                    bridge.api().awaitState(ID, "idle");
                }
                machine.startUnderWay("r" + round + ".gcode", Duration.ofHours(1), Duration.ofMinutes(20));
                awaitPrinting(bridge.api());
                awaitStored(bridge.api());
                machine.cancel();
                if (round > 0) {
                    bridge.api().awaitState(ID, "cancelled");
                }
                bridge.kill();
            }
            try (ChildBridge bridge = ChildBridge.start(folder, configuration)) {
                bridge.api().awaitState(ID, "cancelled");
                expected = history(bridge.api());
                assertThat(expected).hasSize(round + 1).first().asString().startsWith("r" + round + " cancelled");
                bridge.kill();
            }
        }
        assertThat(expected).doesNotHaveDuplicates();
    }

    @Test
    void bridgeWorksWithoutItsDatabase() throws Exception {
        Path database = Path.of(configuration.getJsonObject("database").getString("path"));
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            bridge.api().register(SimulatedPrinters.registration(ID, printer));
            bridge.api().awaitState(ID, "idle");
            Files.delete(database);

            machine.startUnderWay("a.gcode", Duration.ofHours(1), Duration.ofMinutes(20));
            awaitPrinting(bridge.api());
            machine.cancel();
            JsonObject status = bridge.api().awaitState(ID, "cancelled");

            assertThat(HttpApi.lastJob(status)).startsWith("a").endsWith(" cancelled");
            assertThat(bridge.health("database")).contains("degraded");
            assertThat(history(bridge.api()))
                    .as("what could not be stored is missing")
                    .isEmpty();
            Await.done(printer.behave(Behaviour.silent()));
            bridge.api().awaitOffline(ID, "timeout");
        }
    }

    /** Printing, with the name of the file, which some readings do not have. */
    private static void awaitPrinting(HttpApi api) {
        api.await(ID, "printing a named file", status -> {
            JsonObject job = status.getJsonObject("job");
            return "printing".equals(status.getString("state")) && job != null && job.getString("file") != null;
        });
    }

    private static List<JsonObject> jobs(HttpApi api) {
        return HttpApi.json(api.get("/api/history"), 200).getJsonArray("jobs").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    /** File without its ending, result and name of the printer. */
    private static List<String> history(HttpApi api) {
        return jobs(api).stream()
                .map(job -> job.getString("file").replaceAll("(?i)\\.g.*", "") + " " + job.getString("result") + " "
                        + job.getString("name"))
                .toList();
    }

    /** The database stores one change after the other, and what waits for the first is stored before the second. */
    private static void awaitStored(HttpApi api) {
        for (String group : List.of("before", "after")) {
            HttpApi.json(api.patch("/api/printers/" + ID, new JsonObject().put("group", group)), 200);
        }
    }

    private static List<String> states(HttpApi api) {
        return HttpApi.json(api.get("/api/history?kind=states"), 200).getJsonArray("states").stream()
                .map(JsonObject.class::cast)
                .map(change -> change.getString("from") + " " + change.getString("to"))
                .toList();
    }
}
