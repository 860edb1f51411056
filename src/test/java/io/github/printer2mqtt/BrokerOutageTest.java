package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.TestBroker;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A bridge whose broker is unreachable. */
@Timeout(60)
class BrokerOutageTest {
    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @Test
    void bridgeServesWithoutBrokerAndConnectsLater() {
        SimulatedPrinter voron = new SimulatedPrinter("Voron", System::nanoTime);
        PrinterServer printer = Await.done(PrinterServer.start(vertx, new MoonrakerSimulator(voron)));
        int port = Ports.free();
        try (RunningBridge bridge = RunningBridge.start(RunningBridge.configuration(folder, port))) {
            HttpApi api = bridge.api();
            api.register(new JsonObject()
                    .put("id", "voron")
                    .put("name", "Voron")
                    .put("driver", "moonraker")
                    .put("address", printer.url()));
            api.awaitState("voron", "idle");
            assertThat(api.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(bridge.health("broker")).contains("degraded").contains("127.0.0.1:" + port);
            voron.startUnderWay("part.gcode", Duration.ofHours(1), Duration.ofMinutes(6));
            api.awaitState("voron", "printing");

            TestBroker broker = TestBroker.on(port);
            try (TestSubscriber user = bridge.listen(port)) {
                bridge.awaitOnline(user);
                JsonObject state = user.catchUp()
                        .await(bridge.topic("printers/voron/state"), heard -> true)
                        .json();
                assertThat(state.getString("state")).isEqualTo("printing");
                Await.until(
                        "the health of the broker is up",
                        () -> bridge.health("broker").contains("\"up\""));
            } finally {
                broker.close();
            }
            Await.until(
                    "the health of the broker is degraded",
                    () -> bridge.health("broker").contains("degraded"));
            voron.cancel();
            api.awaitState("voron", "cancelled");
        }
    }
}
