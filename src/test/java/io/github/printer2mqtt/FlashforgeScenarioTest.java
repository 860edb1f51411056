package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.flashforge.FlashforgeSimulator;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An Adventurer 5M Pro in LAN mode. */
class FlashforgeScenarioTest extends PolledPrinterContract {
    private static final String SERIAL = "SNMOCK0000001";

    @Override
    ProtocolSimulator simulator(SimulatedPrinter machine) {
        return new FlashforgeSimulator(machine, SERIAL, SimulatedPrinters.KEY);
    }

    @Override
    JsonObject registration() {
        return super.registration().put("credentials", login(SERIAL, SimulatedPrinters.KEY));
    }

    private static JsonObject login(String serialNumber, String code) {
        return new JsonObject().put("username", serialNumber).put("password", code);
    }

    @Override
    String stateOfFinished() {
        return "finished";
    }

    @Override
    String stateOfCancelled() {
        return "cancelled";
    }

    @Override
    void checkFailure(JsonObject failed) {
        assertThat(failed.getString("message")).isEqualTo("The printer reports error E0001");
        assertThat(failed.getJsonArray("problems").getJsonObject(0).getString("code"))
                .isEqualTo("E0001");
    }

    @Test
    void wrongCodeIsOfflineWithReasonAuth() {
        change(login(SERIAL, "wrong"));
        awaitRefusalOf("check code");
        change(login("SNMOCK0000002", SimulatedPrinters.KEY));
        awaitRefusalOf("serial number");

        change(login(SERIAL, SimulatedPrinters.KEY));
        bridge.api().awaitState(id, "idle");
    }

    @Test
    void printerThatIsOffIsNotMistakenForOneThatRefuses() {
        Await.done(server.behave(Behaviour.refusing()));
        HttpApi.json(bridge.api().patch("/api/printers/" + id, new JsonObject().putNull("credentials")), 200);

        bridge.api().awaitOffline(id, "refused");
    }

    @Test
    void lightAndTemperatureAreSet() {
        HttpApi.json(
                bridge.api().post("/api/printers/" + id + "/commands/light", new JsonObject().put("on", false)), 202);
        bridge.api().await(id, "dark", status -> Boolean.FALSE.equals(status.getBoolean("light")));
        HttpApi.json(
                bridge.api()
                        .post(
                                "/api/printers/" + id + "/commands/bed_temperature",
                                new JsonObject().put("target", 62.5)),
                202);
        bridge.api().await(id, "62.5 degrees", status -> bedTarget(status) == 62.5);
        HttpApi.json(
                bridge.api()
                        .post("/api/printers/" + id + "/commands/bed_temperature", new JsonObject().put("target", 0)),
                202);

        bridge.api().await(id, "off", status -> bedTarget(status) == 0);
    }

    @Test
    void printGoesOnOverARestartOfTheBridge(@TempDir Path folder) {
        pass(Duration.ofHours(1));
        printer.startUnderWay("clip.gcode", Duration.ofHours(1), Duration.ofMinutes(20));
        JsonObject configuration = RunningBridge.patientConfiguration(folder);
        try (RunningBridge first = RunningBridge.start(configuration)) {
            first.api().register(registration());
            first.api().awaitState(id, "printing");
        }
        try (RunningBridge second = RunningBridge.start(configuration)) {
            JsonObject again = second.api().awaitState(id, "printing");
            assertThat(again.getJsonObject("last_job")).isNull();
            printer.cancel();

            second.api()
                    .await(id, "cancelled", status -> HttpApi.lastJob(status).equals("clip.gcode cancelled"));
        }
    }

    private void awaitRefusalOf(String what) {
        bridge.api()
                .await(
                        id,
                        "refused for its " + what,
                        status -> status.getString("state").equals("offline")
                                && status.getString("message").contains(what));
    }

    private static double bedTarget(JsonObject status) {
        return status.getJsonObject("temperatures").getJsonObject("bed").getDouble("target");
    }

    private void change(JsonObject credentials) {
        HttpApi.json(bridge.api().patch("/api/printers/" + id, new JsonObject().put("credentials", credentials)), 200);
    }
}
