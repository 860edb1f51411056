package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.PrusaLinkSimulator;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The plate as HTTP and MQTT clients see it, over restarts of the bridge and with the printer off. */
@Timeout(60)
class PlateLifecycleTest {
    private static final String ID = "mk4";

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    private final SimulatedPrinter machine = SimulatedPrinters.machine("MK4");
    private final PrinterServer printer = printers.start(new PrusaLinkSimulator(machine, SimulatedPrinters.KEY));

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private JsonObject configuration;

    @BeforeEach
    void configure() {
        configuration = RunningBridge.configuration(folder)
                .put("plate", new JsonObject().put("ready_below", 200))
                .put("commands", new JsonObject().put("mqtt", JsonArray.of("clear_plate")))
                .put(
                        "alerts",
                        new JsonObject()
                                .put("rules", JsonArray.of("not_cleared"))
                                .put("not_cleared", new JsonObject().put("after", "1s")));
    }

    @Test
    void plateOutlivesRestartAndPowerOffUntilItIsCleared() {
        JsonObject ready;
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            bridge.api().register(SimulatedPrinters.registration(ID, printer));
            bridge.api().awaitState(ID, "idle");
            assertThat(bridge.api().status(ID).getJsonObject("plate")).isNull();
            machine.startUnderWay("clip.gcode", Duration.ofHours(1), Duration.ofMinutes(20));
            awaitPlate(bridge, "in_use");
            assertThat(code(bridge.api().command(ID, "clear_plate"), 409)).isEqualTo("state_conflict");
            machine.cancel();
            ready = awaitPlate(bridge, "ready");
        }
        Await.done(printer.behave(Behaviour.silent()));
        try (RunningBridge bridge = RunningBridge.start(configuration);
                TestSubscriber user = bridge.listen()) {
            bridge.awaitOnline(user);
            JsonObject offline = bridge.api().awaitOffline(ID, "timeout");
            assertThat(offline.getJsonObject("plate")).isEqualTo(ready);
            String alert = bridge.topic("printers/" + ID + "/alert/not_cleared");
            user.await(alert, heard -> heard.text().contains("Plate not cleared for 1 second: clip"));

            assertThat(clearsOverMqtt(bridge, user, "1")).isEqualTo("ok");
            awaitPlate(bridge, "clear");
            user.await(alert, heard -> heard.text().isEmpty());
            user.await(
                    bridge.topic("printers/" + ID + "/state"),
                    heard -> heard.text().contains("\"plate\":{\"state\":\"clear\""));
            assertThat(bridge.awaitEvents(user, ID, 1)).containsExactly("plate_cleared");
            assertThat(clearsOverMqtt(bridge, user, "2")).isEqualTo("state_conflict");
            assertThat(code(bridge.api().command(ID, "clear_plate"), 409)).isEqualTo("state_conflict");
        }
        Await.done(printer.behave(Behaviour.healthy()));
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            JsonObject status = bridge.api().awaitState(ID, "cancelled");
            assertThat(status.getJsonObject("plate").getString("state"))
                    .as("the printer still shows the print that was taken off")
                    .isEqualTo("clear");
        }
    }

    @Test
    void clearingOverHttpNeedsNoCapabilityAndOverMqttAPermission() {
        configuration.remove("commands");
        try (RunningBridge bridge = RunningBridge.start(configuration);
                TestSubscriber user = bridge.listen()) {
            bridge.api().register(SimulatedPrinters.registration(ID, printer).put("enabled", false));
            bridge.awaitOnline(user);
            assertThat(clearsOverMqtt(bridge, user, "1")).isEqualTo("not_allowed");
            assertThat(bridge.api().status(ID).getJsonArray("capabilities")).doesNotContain("clear_plate");
            assertThat(bridge.api().command(ID, "clear_plate").statusCode()).isEqualTo(202);
            awaitPlate(bridge, "clear");
            assertThat(code(bridge.api().command("nobody", "clear_plate"), 404)).isEqualTo("printer_not_found");
        }
    }

    private static JsonObject awaitPlate(RunningBridge bridge, String state) {
        return bridge.api()
                .await(ID, "plate " + state, status -> state.equals(plate(status)))
                .getJsonObject("plate");
    }

    private static @Nullable String plate(JsonObject status) {
        JsonObject plate = status.getJsonObject("plate");
        return plate == null ? null : plate.getString("state");
    }

    private static String code(HttpResponse<String> response, int status) {
        return HttpApi.json(response, status).getString("code");
    }

    private static String clearsOverMqtt(RunningBridge bridge, TestSubscriber user, String transaction) {
        user.publish(
                bridge.topic("printers/" + ID + "/command/clear_plate"),
                new JsonObject().put("transaction", transaction).encode(),
                false);
        JsonObject response = user.await(
                        bridge.topic("printers/" + ID + "/response/clear_plate"),
                        heard -> transaction.equals(heard.json().getString("transaction")))
                .json();
        JsonObject error = response.getJsonObject("error");
        return error == null ? response.getString("status") : error.getString("code");
    }
}
