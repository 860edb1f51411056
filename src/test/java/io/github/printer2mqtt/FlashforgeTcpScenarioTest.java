package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.flashforge.FlashforgeTcpSimulator;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An Adventurer 4, registered by its address only. It shows neither how a print was stopped nor that it failed. */
class FlashforgeTcpScenarioTest extends PolledPrinterContract {
    @Override
    ProtocolSimulator simulator(SimulatedPrinter machine) {
        return new FlashforgeTcpSimulator(machine);
    }

    @Override
    JsonObject registration() {
        JsonObject registration = super.registration();
        registration.remove("credentials");
        return registration;
    }

    @Override
    String stateOfFinished() {
        return "finished";
    }

    @Override
    String stateOfCancelled() {
        return "idle";
    }

    @Override
    @Test
    void cancelledPrintIsNoFinishedOne() {
        startPrinting();
        printer.pause();
        bridge.api().awaitState(id, "paused");
        HttpApi.json(bridge.api().command(id, "cancel"), 202);
        bridge.api().awaitState(id, "idle");

        assertThat(lastJob()).isEqualTo("clip.gcode unknown");
        assertThat(events(2)).containsExactly("print_started", "print_paused");
    }

    @Override
    @Test
    void errorFailsThePrintAndNamesTheReason() {
        startPrinting();
        printer.fail("Heater 1 fault");
        bridge.api().awaitState(id, "idle");

        assertThat(lastJob()).isEqualTo("clip.gcode unknown");
        assertThat(events(1)).containsExactly("print_started");
    }

    @Override
    @Test
    void printerThatNeedsSomebodyEndsNoPrint() {
        startPrinting();
        printer.attention();
        bridge.api().awaitState(id, "paused");
        printer.clear();
        bridge.api().awaitState(id, "printing");

        assertThat(events(3)).containsExactly("print_started", "print_paused", "print_resumed");
    }

    @Test
    void lightAndTemperatureAreSet() {
        HttpApi.json(
                bridge.api().post("/api/printers/" + id + "/commands/light", new JsonObject().put("on", false)), 202);
        bridge.api().await(id, "dark", status -> Boolean.FALSE.equals(status.getBoolean("light")));
        setBed(62, 202);
        bridge.api().await(id, "62 degrees", status -> bedTarget(status) == 62.0);
        JsonObject refused = setBed(62.5, 502);
        assertThat(refused.getString("detail")).contains("expected whole degrees");
        setBed(0, 202);

        bridge.api().await(id, "off", status -> bedTarget(status) == 0);
    }

    @Test
    void modelIsReadAndNoConnectionStaysOpen() {
        bridge.api().await(id, "its model", status -> "Flashforge Adventurer 4".equals(status.getString("model")));

        Await.until("no connection is open", () -> server.openConnections() == 0);
    }

    @Test
    void diagnosisNamesTheReadingAndProbesOtherPortsNot() {
        JsonObject diagnosis = HttpApi.json(bridge.api().get("/api/printers/" + id + "/diagnosis"), 200);

        assertThat(diagnosis.getBoolean("ok")).as(diagnosis.encodePrettily()).isTrue();
    }

    @Test
    void printerThatSwitchesOffInMidPrintHasAnUnknownEnd() {
        startPrinting();
        bridge.api().awaitProgress(id, 1);
        Await.done(server.behave(Behaviour.refusing()));
        bridge.api().awaitOffline(id, "refused");
        printer.fail("power");
        printer.clear();
        pass(Duration.ofHours(1));
        Await.done(server.behave(Behaviour.healthy()));
        bridge.api().awaitState(id, "idle");

        assertThat(lastJob()).isEqualTo("clip.gcode unknown");
        assertThat(events(3)).containsExactly("print_started", "printer_offline", "printer_online");
    }

    private JsonObject setBed(double target, int status) {
        return HttpApi.json(
                bridge.api()
                        .post(
                                "/api/printers/" + id + "/commands/bed_temperature",
                                new JsonObject().put("target", target)),
                status);
    }

    private static double bedTarget(JsonObject status) {
        return status.getJsonObject("temperatures").getJsonObject("bed").getDouble("target");
    }
}
