package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.elegoo.ElegooCc2Simulator;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.PrinterSimulator;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** A Centauri Carbon 2, which is a broker without encryption. */
class ElegooCc2ScenarioTest extends PushContract {
    private static final String SERIAL = "F01PLJMOCK00001";

    ElegooCc2ScenarioTest() {
        super(1);
    }

    @Override
    PrinterSimulator simulate(SimulatedPrinter simulated, String key) {
        return new ElegooCc2Simulator(simulated, SERIAL, key);
    }

    private ElegooCc2Simulator simulator() {
        return (ElegooCc2Simulator) server.simulator();
    }

    @Override
    JsonObject registration() {
        return super.registration()
                .put("credentials", new JsonObject().put("username", SERIAL).put("password", SimulatedPrinters.KEY));
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
        HttpApi.json(post("bed_temperature", new JsonObject().put("target", 62)), 202);
        bridge.api().await(id, "62 degrees", status -> bedTarget(status) == 62.0);

        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void printerThatNeedsSomebodyEndsNoPrint() {
        startPrinting();
        printer.attention();
        JsonObject waiting = bridge.api().awaitState(id, "attention");
        printer.clear();
        bridge.api().awaitState(id, "printing");

        assertThat(waiting.getString("message")).isEqualTo("Filament ran out");
        assertThat(events(3)).containsExactly("print_started", "attention", "attention_cleared");
    }

    @Test
    void wrongCodeIsOfflineWithReasonAuthAtOnce() {
        simulator().setCode("else");
        Await.done(server.behave(Behaviour.refusing()));
        Await.done(server.behave(Behaviour.healthy()));

        bridge.api().awaitOffline(id, "auth");
    }

    @Test
    void printerThatServesNoMoreClientsIsBusy() {
        Await.done(server.behave(Behaviour.refusing()));
        Await.until("it has forgotten the bridge", () -> server.openConnections() == 0);
        simulator().occupy();
        Await.done(server.behave(Behaviour.healthy()));
        JsonObject busy = bridge.api().awaitOffline(id, "busy");
        assertThat(busy.getString("message")).contains("serves no more clients");

        simulator().vacate();
        bridge.api().awaitState(id, "idle");
    }

    @Test
    void wrongSerialNumberIsNamedAsACause() {
        JsonObject change = new JsonObject()
                .put(
                        "credentials",
                        new JsonObject().put("username", "F01PLJMOCK00002").put("password", SimulatedPrinters.KEY));
        HttpApi.json(bridge.api().patch("/api/printers/" + id, change), 200);

        bridge.api()
                .await(
                        id,
                        "the advice",
                        status -> String.valueOf(status.getString("message")).contains("serial number"));
    }

    @Test
    void filamentOperationIsNoPrint() {
        printer.busy();
        bridge.api().awaitState(id, "busy");
        printer.clear();
        bridge.api().awaitState(id, "idle");
        startPrinting();

        assertThat(events(1)).containsExactly("print_started");
    }

    private HttpResponse<String> post(String verb, JsonObject arguments) {
        return bridge.api().post("/api/printers/" + id + "/commands/" + verb, arguments);
    }

    private static double bedTarget(JsonObject status) {
        return status.getJsonObject("temperatures").getJsonObject("bed").getDouble("target");
    }
}
