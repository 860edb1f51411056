package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.testing.TestSubscriber.Heard;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Alerts and the counts of fleet and groups as MQTT clients see them. */
class MqttAlertsTest {
    @TempDir
    Path folder;

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    private final SimulatedPrinter machine = SimulatedPrinters.machine("Voron");

    @Test
    void alertIsPublishedUntilAcknowledged() {
        machine.startUnderWay("clip.gcode", Duration.ofHours(2), Duration.ofHours(1));
        PrinterServer server = printers.start(new MoonrakerSimulator(machine));
        try (RunningBridge bridge = RunningBridge.start(RunningBridge.configuration(folder));
                TestSubscriber user = bridge.listen()) {
            bridge.api()
                    .register(SimulatedPrinters.registration("voron", server).put("group", "shelf-a"));
            user.await(bridge.topic("fleet/state"), heard -> count(heard, "printing") == 1);
            user.await(bridge.topic("groups/shelf-a/state"), heard -> count(heard, "printing") == 1);

            machine.fail("the nozzle is clogged");

            String alert = bridge.topic("printers/voron/alert/error");
            JsonObject opened =
                    user.await(alert, heard -> !heard.text().isEmpty()).json();
            assertThat(opened.getString("code")).isEqualTo("error");
            assertThat(opened.getString("since")).isNotNull();
            user.await(bridge.topic("fleet/state"), heard -> count(heard, "error") == 1);

            user.publish(
                    bridge.topic("bridge/request/alerts/acknowledge"),
                    "{\"id\":\"voron\",\"code\":\"error\",\"transaction\":\"1\"}",
                    false);
            JsonObject response = user.await(
                            bridge.topic("bridge/response/alerts/acknowledge"),
                            heard -> !heard.text().isEmpty())
                    .json();
            assertThat(response.getString("status")).as(response.encode()).isEqualTo("ok");
            user.await(alert, heard -> heard.text().isEmpty());

            bridge.api().delete("/api/printers/voron");
            user.await(
                    bridge.topic("groups/shelf-a/state"), heard -> heard.text().isEmpty());
            user.await(bridge.topic("fleet/state"), heard -> count(heard, "total") == 0);
        }
    }

    private static int count(Heard heard, String state) {
        return heard.json().getJsonObject("counts").getInteger(state);
    }
}
