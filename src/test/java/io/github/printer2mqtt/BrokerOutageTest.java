package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.github.printer2mqtt.testing.TestBroker;
import io.github.printer2mqtt.testing.TestSubscriber;
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
    private final SimulatedPrinters printers = new SimulatedPrinters();

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @Test
    void bridgeServesWithoutBrokerAndConnectsLater() {
        SimulatedPrinter voron = SimulatedPrinters.machine("Voron");
        PrinterServer printer = printers.start(new MoonrakerSimulator(voron));
        int port = Ports.free();
        try (RunningBridge bridge = RunningBridge.start(RunningBridge.configuration(folder, port))) {
            HttpApi api = bridge.api();
            api.register(SimulatedPrinters.registration("voron", printer));
            api.awaitState("voron", "idle");
            assertThat(api.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(bridge.health("broker")).contains("degraded").contains("127.0.0.1:" + port);
            voron.startUnderWay("part.gcode", Duration.ofHours(1), Duration.ofMinutes(6));
            api.awaitState("voron", "printing");

            try (TestBroker broker = TestBroker.on(port);
                    TestSubscriber user = bridge.listen(broker.port())) {
                bridge.awaitOnline(user);
                JsonObject state = user.catchUp()
                        .await(bridge.topic("printers/voron/state"), heard -> true)
                        .json();
                assertThat(state.getString("state")).isEqualTo("printing");
                Await.until(
                        "the health of the broker is up",
                        () -> bridge.health("broker").contains("\"up\""));
            }
            Await.until(
                    "the health of the broker is degraded",
                    () -> bridge.health("broker").contains("degraded"));
            voron.cancel();
            api.awaitState("voron", "cancelled");
        }
    }
}
