package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.WebSocketFaults.Fault;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole bridge and servers whose web socket does not work or misbehaves. */
@Timeout(90)
abstract class FallbackContract {
    private static final String ID = "flooding";

    @TempDir
    Path folder;

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    abstract ProtocolSimulator simulator();

    /**
     * A kind of web socket.
     *
     * @param name what the web socket does
     * @param reason the beginning of the reason for polls
     */
    record Case(String name, Fault fault, String reason) {}

    abstract List<Case> cases();

    @Test
    void printersArePolledInstead() {
        Map<Case, PrinterServer> servers = new LinkedHashMap<>();
        cases().forEach(each -> servers.put(each, printers.start(WebSocketFaults.with(each.fault(), simulator()))));
        try (RunningBridge bridge = RunningBridge.start(RunningBridge.configuration(folder))) {
            servers.forEach((each, server) -> bridge.api().register(SimulatedPrinters.registration(id(each), server)));

            servers.forEach((each, server) -> {
                Await.until("a printer whose web socket " + each.name() + " is polled", Duration.ofSeconds(60), () -> {
                    LockSupport.parkNanos(20_000_000); // each look is a request
                    return polls(bridge, id(each)).getString("fallback") != null;
                });
                JsonObject polls = polls(bridge, id(each));
                assertThat(polls.getString("mode")).as(each.name()).isEqualTo("poll");
                assertThat(polls.getString("fallback")).as(each.name()).startsWith(each.reason());
                bridge.api().awaitState(id(each), "idle");
            });
            servers.values().forEach(server -> server.printer().start("clip.gcode", Duration.ofHours(1)));
            servers.keySet()
                    .forEach(each ->
                            bridge.api().await(id(each), "the print", status -> status.getJsonObject("job") != null));
        }
    }

    private static String id(Case each) {
        return each.name().replaceAll("[^a-zA-Z]+", "-").toLowerCase(Locale.ROOT);
    }

    /** Checks that messages with each tick, which end with a nozzle temperature, cost few readings. */
    void assertFloodCostsFewReadings(List<String> flood, String temperature) {
        PrinterServer server = printers.start(WebSocketFaults.with(WebSocketFaults.sending(flood), simulator()));
        try (RunningBridge bridge = RunningBridge.start(RunningBridge.configuration(folder))) {
            bridge.api().register(SimulatedPrinters.registration(ID, server));
            bridge.api()
                    .await(
                            ID,
                            "the newest value",
                            status -> status.getJsonObject("temperatures")
                                    .encode()
                                    .contains(temperature));

            long before = bridge.api().list().getLong("version");
            long begin = System.nanoTime();
            while (Duration.ofNanos(System.nanoTime() - begin).toSeconds() < 4) {
                LockSupport.parkNanos(50_000_000);
            }
            long readings = bridge.api().list().getLong("version") - before;

            assertThat(readings).as("of %d messages", flood.size() * 16).isBetween(4L, 36L);
            assertThat(polls(bridge, ID).getString("mode")).isEqualTo("push");
            Await.until("one connection is left", () -> server.openConnections() == 1);
        }
    }

    private static JsonObject polls(RunningBridge bridge, String id) {
        return HttpApi.json(bridge.api().get("/api/printers/" + id + "/polls"), 200);
    }
}
