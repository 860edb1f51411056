package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.OctoPrintSimulator;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class OctoPrintPushTest extends KeyedPushContract {
    OctoPrintPushTest() {
        super(2); // the login is by HTTP
    }

    @Override
    ProtocolSimulator simulate(SimulatedPrinter simulated, String key) {
        return new OctoPrintSimulator(simulated, key);
    }

    @Test
    void cancelledAndFailedPrintsAreDistinguished() {
        startPrinting();
        printer.cancel();
        JsonObject cancelled = bridge.api().awaitState(id, "idle");
        assertThat(HttpApi.lastJob(cancelled)).isEqualTo("clip.gcode cancelled");
        printer.clear();
        startPrinting();
        printer.fail("MAXTEMP triggered");
        JsonObject failed = bridge.api().awaitState(id, "error");

        assertThat(failed.getString("message")).isEqualTo("MAXTEMP triggered");
        assertThat(events(4)).containsExactly("print_started", "print_cancelled", "print_started", "print_failed");
        printer.clear();
        bridge.api().awaitState(id, "idle");
        assertThat(mode()).isEqualTo("push null");
    }

    @Test
    void lostPrinterIsFollowedOnTheSameConnection() {
        startPrinting();
        printer.disconnect();
        JsonObject offline = bridge.api().awaitOffline(id, "disconnected");
        assertThat(offline.getJsonObject("job").getBoolean("stale")).isTrue();
        assertThat(mode()).isEqualTo("push null");
        printer.connect();
        JsonObject back = bridge.api().awaitState(id, "idle");
        assertThat(HttpApi.lastJob(back)).isEqualTo("clip.gcode unknown");
        startPrinting();

        assertThat(events(4)).containsExactly("print_started", "printer_offline", "printer_online", "print_started");
        Await.until("one connection is left", () -> server.openConnections() == 1);
        assertThat(server.connections())
                .as("the web socket, the login, and the heaters of the printer that came back")
                .isEqualTo(3);
    }

    @Test
    void messagesAndConnectionsAreCounted() {
        restartBridge(() -> {}); // counts from zero
        bridge.api().awaitState(id, "idle");
        String metrics = bridge.api().get("/metrics").body();

        assertThat(metrics)
                .contains("printer2mqtt_push_connects_total 1.0", "printer2mqtt_push_losses_total 0.0")
                .contains("printer2mqtt_push_fallbacks_total 0.0", "printer2mqtt_push_readings_total")
                .doesNotContain("printer2mqtt_push_messages_total 0.0", "printer2mqtt_push_bytes_total 0.0");
    }

    @Test
    void uploadToTheCardIsNoPrint() {
        printer.busy();
        bridge.api().awaitState(id, "busy");
        printer.clear();
        bridge.api().awaitState(id, "idle");

        startPrinting();
        assertThat(events(1)).containsExactly("print_started");
    }
}
