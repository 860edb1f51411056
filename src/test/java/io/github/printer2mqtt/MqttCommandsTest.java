package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.ConfigReader;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.github.printer2mqtt.testing.TestBroker;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands and registration requests over MQTT, with a simulated printer. */
class MqttCommandsTest {
    @TempDir
    Path folder;

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    private BridgeConfig config(String version) {
        JsonObject json = new JsonObject()
                .put("http", new JsonObject().put("port", 0))
                .put(
                        "mqtt",
                        new JsonObject()
                                .put("url", TestBroker.shared().url())
                                .put("version", version)
                                .put("base_topic", "commands/v" + version.charAt(0)))
                .put(
                        "database",
                        new JsonObject().put("path", folder.resolve("p.db").toString()))
                .put(
                        "commands",
                        new JsonObject()
                                .put("mqtt", new JsonArray().add("pause").add("resume"))
                                .put(
                                        "mqtt_requests",
                                        new JsonArray()
                                                .add("add")
                                                .add("disable")
                                                .add("remove")))
                .put("security", new JsonObject().put("allow_loopback_printers", true));
        return new ConfigReader(Map.of(), ConfigReader.SecretFiles.ofSystem()).read("config.json", json.encode());
    }

    private static JsonObject request(
            TestSubscriber user, String requestTopic, String responseTopic, JsonObject payload) {
        user.publish(requestTopic, payload.encode(), false);
        return user.await(
                        responseTopic,
                        heard -> payload.getString("transaction")
                                .equals(heard.json().getString("transaction")))
                .json();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "3.1.1"})
    void registersPausesAndRemovesAPrinter(String version) {
        SimulatedPrinter machine = SimulatedPrinters.machine("Voron");
        machine.startUnderWay("clip.gcode", Duration.ofHours(2), Duration.ofHours(1));
        PrinterServer server = printers.start(new MoonrakerSimulator(machine));
        BridgeConfig config = config(version);
        String base = config.mqtt().baseTopic();
        try (TestSubscriber user = TestSubscriber.listen(TestBroker.shared().port(), base + "/#");
                Bridge bridge = Bridge.start(config)) {
            user.await(base + "/bridge/state", heard -> heard.text().contains("online"));
            String request = base + "/bridge/request/printers/";
            String response = base + "/bridge/response/printers/";
            String printer = base + "/printers/voron";

            JsonObject registration = new JsonObject()
                    .put("name", "Voron")
                    .put("driver", "moonraker")
                    .put("address", server.url())
                    .put("transaction", "1");
            JsonObject added = request(user, request + "add", response + "add", registration);
            assertThat(added.getJsonObject("data").getString("id"))
                    .as(added.encode())
                    .isEqualTo("voron");
            user.await(
                    printer + "/state", heard -> heard.json().getString("state").equals("printing"));
            assertThat(bridge.registrations().all()).hasSize(1);

            JsonObject duplicate =
                    request(user, request + "add", response + "add", registration.put("transaction", "2"));
            assertThat(duplicate.getJsonObject("error").getString("code")).isEqualTo("duplicate_address");

            JsonObject paused = request(
                    user,
                    printer + "/command/pause",
                    printer + "/response/pause",
                    new JsonObject().put("transaction", "3"));
            assertThat(paused.getString("status")).as(paused.encode()).isEqualTo("ok");
            assertThat(machine.view().state()).isEqualTo(State.PAUSED);
            user.await(
                    printer + "/state", heard -> heard.json().getString("state").equals("paused"));

            JsonObject conflict = request(
                    user,
                    printer + "/command/pause",
                    printer + "/response/pause",
                    new JsonObject().put("transaction", "4"));
            assertThat(conflict.getJsonObject("error").getString("code")).isEqualTo("state_conflict");
            JsonObject rejected = request(
                    user,
                    printer + "/command/cancel",
                    printer + "/response/cancel",
                    new JsonObject().put("transaction", "5"));
            assertThat(rejected.getJsonObject("error").getString("code")).isEqualTo("not_allowed");

            JsonObject id = new JsonObject().put("id", "voron");
            request(user, request + "disable", response + "disable", id.copy().put("transaction", "6"));
            user.await(printer + "/availability", heard -> heard.text().contains("disabled"));
            JsonObject removed = request(
                    user, request + "remove", response + "remove", id.copy().put("transaction", "7"));
            assertThat(removed.getString("status")).isEqualTo("ok");
            user.await(printer + "/state", heard -> heard.text().isEmpty());
            assertThat(bridge.registrations().all()).isEmpty();
        }
    }

    @Test
    void namesEveryMistakeOfARegistration() {
        BridgeConfig config = config("5");
        String base = config.mqtt().baseTopic();
        try (TestSubscriber user = TestSubscriber.listen(TestBroker.shared().port(), base + "/#");
                Bridge bridge = Bridge.start(config)) {
            user.await(base + "/bridge/state", heard -> heard.text().contains("online"));
            JsonObject registration = new JsonObject()
                    .put("name", "")
                    .put("driver", "moonraker")
                    .put("adress", "192.0.2.1")
                    .put("group", "Shelf A")
                    .put("polling", new JsonObject().put("timeout", "soon"))
                    .put("transaction", "mistakes");

            JsonObject response = request(
                    user, base + "/bridge/request/printers/add", base + "/bridge/response/printers/add", registration);

            assertThat(response.fieldNames()).containsExactly("status", "error", "transaction");
            JsonObject error = response.getJsonObject("error");
            assertThat(error.fieldNames()).containsExactly("code", "message");
            assertThat(error.getString("code")).isEqualTo("invalid_field");
            assertThat(error.getString("message").split("; "))
                    .extracting(mistake -> mistake.split(": ", 2)[0])
                    .containsExactlyInAnyOrder("adress", "name", "address", "group", "polling.timeout");
            assertThat(bridge.registrations().all()).isEmpty();
        }
    }

    @Test
    void commandsAndRequestsAreDisabledByDefault() {
        assertThat(BridgeConfig.defaults().commands().mqtt()).isEmpty();
        assertThat(BridgeConfig.defaults().commands().mqttRequests()).isEmpty();
    }
}
