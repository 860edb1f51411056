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
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole bridge and servers whose web socket does not work or misbehaves. */
@Timeout(90)
abstract class FallbackContract {
    private static final String ID = "silent";

    @TempDir
    Path folder;

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    abstract ProtocolSimulator simulator();

    /** Checks that the printer is read and followed by HTTP, for a reason that begins with a text. */
    void assertPolled(Fault fault, String reason) {
        PrinterServer server = printers.start(WebSocketFaults.with(fault, simulator()));
        try (RunningBridge bridge = RunningBridge.start(RunningBridge.configuration(folder))) {
            bridge.api().register(SimulatedPrinters.registration(ID, server));

            Await.until(
                    "the printer is polled",
                    Duration.ofSeconds(40),
                    () -> polls(bridge).getString("fallback") != null);
            JsonObject polls = polls(bridge);

            assertThat(polls.getString("mode")).isEqualTo("poll");
            assertThat(polls.getString("fallback")).startsWith(reason);
            bridge.api().awaitState(ID, "idle");
            server.printer().start("clip.gcode", Duration.ofHours(1));
            bridge.api().awaitState(ID, "preparing");
        }
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
            assertThat(polls(bridge).getString("mode")).isEqualTo("push");
            assertThat(server.openConnections()).isEqualTo(1);
        }
    }

    private static JsonObject polls(RunningBridge bridge) {
        return HttpApi.json(bridge.api().get("/api/printers/" + ID + "/polls"), 200);
    }
}
