package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.bambu.BambuSimulator;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.PrinterSimulator;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.SimulatedBambu;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** A simulated P1S, whose reports follow from what it does. */
class BambuScenarioTest extends PushContract {
    BambuScenarioTest() {
        super(1);
    }

    @Override
    PrinterSimulator simulate(SimulatedPrinter simulated, String key) {
        return new BambuSimulator(simulated, SimulatedBambu.SERIAL, SimulatedBambu.CODE, SimulatedBambu.certificate());
    }

    @Override
    JsonObject registration() {
        return super.registration()
                .put(
                        "tls",
                        new JsonObject()
                                .put("fingerprint", SimulatedBambu.certificate().fingerprint()))
                .put(
                        "credentials",
                        new JsonObject().put("username", SimulatedBambu.SERIAL).put("password", SimulatedBambu.CODE));
    }

    /** On an open connection 75 s of silence do not show. */
    @Override
    @Test
    void silentPrinterIsOfflineUntilItAnswers() {
        Await.done(server.behave(Behaviour.refusing()));

        super.silentPrinterIsOfflineUntilItAnswers();
    }

    @Test
    void cancelledAndFailedPrintsAreDistinguished() {
        startPrinting();
        HttpApi.json(bridge.api().command(id, "cancel"), 202);
        JsonObject cancelled = bridge.api().awaitState(id, "cancelled");
        printer.clear();
        bridge.api().awaitState(id, "idle");
        startPrinting();
        printer.fail("heater");
        JsonObject failed = bridge.api().awaitState(id, "error");

        assertThat(HttpApi.lastJob(cancelled)).isEqualTo("clip.gcode cancelled");
        assertThat(failed.getString("message")).contains("0300-8014");
        assertThat(events(4)).containsExactly("print_started", "print_cancelled", "print_started", "print_failed");
    }

    @Test
    void commandsAreExecutedOverTheOnlyConnection() {
        startPrinting();
        HttpApi.json(bridge.api().command(id, "pause"), 202);
        bridge.api().awaitState(id, "paused");
        HttpApi.json(bridge.api().command(id, "resume"), 202);
        bridge.api().awaitState(id, "printing");
        post("light", new JsonObject().put("on", false));
        bridge.api().await(id, "dark", status -> Boolean.FALSE.equals(status.getBoolean("light")));
        post("speed", new JsonObject().put("percent", 124));
        bridge.api().await(id, "faster", status -> status.getInteger("speed") == 124);
        post("bed_temperature", new JsonObject().put("target", 62));
        bridge.api().await(id, "62 degrees", status -> bedTarget(status) == 62);

        assertThat(server.connections()).isEqualTo(1);
    }

    private void post(String verb, JsonObject arguments) {
        HttpApi.json(bridge.api().post("/api/printers/" + id + "/commands/" + verb, arguments), 202);
    }

    private static double bedTarget(JsonObject status) {
        return status.getJsonObject("temperatures").getJsonObject("bed").getDouble("target");
    }

    @Test
    void printerThatNeedsSomebodyOrLoadsFilamentEndsNoPrint() {
        printer.busy();
        bridge.api().awaitState(id, "busy");
        printer.clear();
        bridge.api().awaitState(id, "idle");
        startPrinting();
        printer.attention();
        bridge.api().awaitState(id, "attention");
        printer.clear();
        bridge.api().awaitState(id, "printing");

        assertThat(events(3)).containsExactly("print_started", "attention", "attention_cleared");
    }
}
