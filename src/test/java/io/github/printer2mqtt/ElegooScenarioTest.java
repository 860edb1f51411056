package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.elegoo.ElegooSimulator;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.testing.HttpApi;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** A Centauri Carbon, which needs no credentials. */
class ElegooScenarioTest extends PushContract {
    ElegooScenarioTest() {
        super(1);
    }

    @Override
    ProtocolSimulator simulate(SimulatedPrinter simulated, String key) {
        return new ElegooSimulator(simulated);
    }

    @Test
    void cancelledAndFailedPrintsAreDistinguished() {
        startPrinting();
        HttpApi.json(bridge.api().command(id, "pause"), 202);
        bridge.api().awaitState(id, "paused");
        HttpApi.json(bridge.api().command(id, "cancel"), 202);
        JsonObject cancelled = bridge.api().awaitState(id, "cancelled");
        assertThat(HttpApi.lastJob(cancelled)).isEqualTo("clip.gcode cancelled");
        printer.clear();
        bridge.api().awaitState(id, "idle");
        startPrinting();
        printer.fail("thermistor");
        JsonObject failed = bridge.api().awaitState(id, "error");

        assertThat(HttpApi.lastJob(failed)).isEqualTo("clip.gcode failed");
        assertThat(events(5))
                .containsExactly("print_started", "print_paused", "print_cancelled", "print_started", "print_failed");
    }

    @Test
    void commandsUseTheOnlyConnection() {
        startPrinting();
        HttpApi.json(bridge.api().command(id, "pause"), 202);
        bridge.api().awaitState(id, "paused");
        HttpApi.json(bridge.api().command(id, "resume"), 202);
        bridge.api().awaitState(id, "printing");
        HttpApi.json(post("light", new JsonObject().put("on", false)), 202);
        bridge.api().await(id, "dark", status -> Boolean.FALSE.equals(status.getBoolean("light")));
        HttpApi.json(post("bed_temperature", new JsonObject().put("target", 62.5)), 202);
        bridge.api().await(id, "62.5 degrees", status -> bedTarget(status) == 62.5);

        assertThat(server.connections()).isEqualTo(1);
    }

    private HttpResponse<String> post(String verb, JsonObject arguments) {
        return bridge.api().post("/api/printers/" + id + "/commands/" + verb, arguments);
    }

    private static double bedTarget(JsonObject status) {
        return status.getJsonObject("temperatures").getJsonObject("bed").getDouble("target");
    }

    @Test
    void printerThatNeedsSomebodyEndsNoPrint() {
        startPrinting();
        printer.attention();
        bridge.api().awaitState(id, "attention");
        printer.clear();
        bridge.api().awaitState(id, "printing");

        assertThat(events(3)).containsExactly("print_started", "attention", "attention_cleared");
    }

    @Test
    void levellingIsNoPrint() {
        printer.busy();
        bridge.api().awaitState(id, "busy");
        printer.clear();
        bridge.api().awaitState(id, "idle");
        startPrinting();

        assertThat(events(1)).containsExactly("print_started");
    }

    @Test
    void printGoesOnOverARestartOfTheBridge() {
        startPrinting();
        restartBridge(() -> {});
        JsonObject again = bridge.api().awaitState(id, "printing");
        assertThat(again.getJsonObject("last_job")).isNull();
        printer.cancel();

        assertThat(HttpApi.lastJob(bridge.api().awaitState(id, "cancelled"))).isEqualTo("clip.gcode cancelled");
    }
}
