package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.protocol.OctoPrintSimulator;
import io.github.printer2mqtt.simulator.protocol.PrusaLinkSimulator;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every command of a printer, over MQTT and HTTP, with simulated printers. */
class PrinterCommandsTest {
    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    private final SimulatedPrinter machine = SimulatedPrinters.machine("Voron");

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    /** The protocol of the simulated printer. */
    private enum Protocol {
        MOONRAKER,
        OCTOPRINT;

        ProtocolSimulator simulator(SimulatedPrinter machine) {
            return this == MOONRAKER
                    ? new MoonrakerSimulator(machine, SimulatedPrinters.KEY)
                    : new OctoPrintSimulator(machine, SimulatedPrinters.KEY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void commandsOverMqttShowInTheNextStatus(Protocol protocol) {
        try (RunningBridge bridge = RunningBridge.start(configuration());
                TestSubscriber user = bridge.listen()) {
            register(bridge, protocol.simulator(machine));
            bridge.awaitOnline(user);
            bridge.api().awaitState("voron", "idle");

            assertThat(execute(bridge, user, "nozzle_temperature", "215")).isEqualTo("ok");
            awaitTarget(bridge, user, "nozzle", 215);
            assertThat(execute(bridge, user, "bed_temperature", "{\"target\":60.5}"))
                    .isEqualTo("ok");
            awaitTarget(bridge, user, "bed", 60.5);
            assertThat(execute(bridge, user, "nozzle_temperature", "0")).isEqualTo("ok");
            awaitTarget(bridge, user, "nozzle", 0);

            assertThat(execute(bridge, user, "home", "{\"axes\":[\"x\"]}")).isEqualTo("ok");
            assertThat(machine.view().homed()).isEqualTo("x");
            assertThat(execute(bridge, user, "home", "{}")).isEqualTo("ok");
            assertThat(machine.view().homed()).isEqualTo("xyz");

            machine.startUnderWay("clip.gcode", Duration.ofHours(2), Duration.ofHours(1));
            bridge.api().awaitState("voron", "printing");
            assertThat(execute(bridge, user, "home", "{}")).isEqualTo("state_conflict");
            assertThat(execute(bridge, user, "bed_temperature", "65")).isEqualTo("ok");
            awaitTarget(bridge, user, "bed", 65);

            assertThat(execute(bridge, user, "emergency_stop", "{}")).isEqualTo("ok");
            JsonObject stopped = bridge.api().awaitState("voron", "error");
            assertThat(stopped.getJsonObject("last_job").getString("result")).isEqualTo("failed");
            assertThat(machine.view().nozzleTarget()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void invalidCommandsDoNotReachThePrinter(Protocol protocol) {
        try (RunningBridge bridge = RunningBridge.start(configuration());
                TestSubscriber user = bridge.listen()) {
            register(bridge, protocol.simulator(machine));
            bridge.awaitOnline(user);
            bridge.api().awaitState("voron", "idle");

            for (String payload : List.of("351", "-5", "\"215\"", "{\"target\":215,\"gcode\":\"M112\"}", "")) {
                assertThat(execute(bridge, user, "nozzle_temperature", payload))
                        .as(payload)
                        .isEqualTo("invalid_field");
            }
            for (String payload : List.of("NaN", "215;M112", "[]")) {
                assertThat(execute(bridge, user, "nozzle_temperature", payload))
                        .as(payload)
                        .isEqualTo("malformed_json");
            }
            assertThat(execute(bridge, user, "cancel", "{}"))
                    .as("not in commands.mqtt")
                    .isEqualTo("not_allowed");
            assertThat(HttpApi.json(post(bridge, "home", "{\"axes\":[\"q\"]}"), 422)
                            .getString("field"))
                    .isEqualTo("axes");
            assertThat(machine.view().nozzleTarget()).isZero();
            assertThat(machine.view().homed()).isEmpty();

            machine.disconnect();
            bridge.api().awaitState("voron", "offline");
            for (String verb : List.of("home", "emergency_stop")) {
                assertThat(execute(bridge, user, verb, "{}")).as(verb).isEqualTo("printer_offline");
            }
            assertThat(execute(bridge, user, "bed_temperature", "60")).isEqualTo("printer_offline");
        }
    }

    @Test
    void allowListOfAPrinterOverridesTheConfiguredOne() {
        JsonObject configuration = configuration();
        configuration.getJsonObject("commands").put("mqtt_requests", new JsonArray().add("change"));
        try (RunningBridge bridge = RunningBridge.start(configuration);
                TestSubscriber user = bridge.listen()) {
            register(bridge, new MoonrakerSimulator(machine, SimulatedPrinters.KEY));
            bridge.awaitOnline(user);
            HttpApi.json(bridge.api().patch("/api/printers/voron", allowOnly("cancel")), 200);
            bridge.api().awaitState("voron", "idle");

            assertThat(execute(bridge, user, "home", "{}")).isEqualTo("not_allowed");
            assertThat(execute(bridge, user, "cancel", "{}"))
                    .as("nothing to cancel")
                    .isEqualTo("state_conflict");

            String change = bridge.topic("bridge/request/printers/change");
            JsonObject request = new JsonObject().put("id", "voron").put("patch", allowOnly("home"));
            user.publish(change, request.encode(), false);
            user.await(
                    bridge.topic("bridge/response/printers/change"),
                    heard -> heard.text().contains("not_allowed"));
            assertThat(execute(bridge, user, "home", "{}")).isEqualTo("not_allowed");
            assertThat(machine.view().homed()).isEmpty();
        }
    }

    private static JsonObject allowOnly(String verb) {
        return new JsonObject().put("commands", new JsonObject().put("mqtt", new JsonArray().add(verb)));
    }

    @Test
    void commandsOverHttpShowInTheNextStatus() {
        try (RunningBridge bridge = RunningBridge.start(configuration())) {
            register(bridge, new OctoPrintSimulator(machine, SimulatedPrinters.KEY));
            bridge.api().awaitState("voron", "idle");

            HttpApi.json(post(bridge, "nozzle_temperature", "{\"target\":200}"), 202);
            bridge.api().await("voron", "heated to 200", status -> target(status, "nozzle") == 200);
            HttpApi.json(post(bridge, "home", null), 202);
            assertThat(machine.view().homed()).isEqualTo("xyz");
            HttpApi.json(post(bridge, "emergency_stop", "{}"), 202);
            bridge.api().awaitState("voron", "error");
        }
    }

    @Test
    void refusalOfThePrinterIsQuoted() {
        try (RunningBridge bridge = RunningBridge.start(configuration())) {
            register(bridge, new MoonrakerSimulator(machine, SimulatedPrinters.KEY));
            bridge.api().awaitState("voron", "idle");

            JsonObject rejection = HttpApi.json(post(bridge, "nozzle_temperature", "{\"target\":320}"), 502);

            assertThat(rejection.getString("detail"))
                    .isEqualTo("printer voron refused: Requested temperature (320.0) out of range (-10.0:300.0)");
            assertThat(machine.view().nozzleTarget()).isZero();
        }
    }

    @Test
    void commandsThatTheProtocolLacksAreUnsupported() {
        try (RunningBridge bridge = RunningBridge.start(configuration())) {
            register(bridge, new PrusaLinkSimulator(machine, SimulatedPrinters.KEY));
            JsonObject status = bridge.api().awaitState("voron", "idle");

            assertThat(status.getJsonArray("capabilities")).containsExactly("pause", "resume", "cancel");
            for (String verb : List.of("home", "emergency_stop")) {
                assertThat(HttpApi.json(post(bridge, verb, null), 501).getString("code"))
                        .isEqualTo("unsupported");
            }
        }
    }

    /** Sends a command and returns {@code ok} or the error code of the response. */
    private static String execute(RunningBridge bridge, TestSubscriber user, String verb, String payload) {
        String responseTopic = bridge.topic("printers/voron/response/" + verb);
        int before = user.of(responseTopic).size();
        user.publish(bridge.topic("printers/voron/command/" + verb), payload, false);
        Await.until("a response to " + verb, () -> user.of(responseTopic).size() > before);
        JsonObject response = user.of(responseTopic).get(before).json();
        return response.getString("status").equals("ok")
                ? "ok"
                : response.getJsonObject("error").getString("code");
    }

    private static void awaitTarget(RunningBridge bridge, TestSubscriber user, String heater, double target) {
        user.await(bridge.topic("printers/voron/state"), heard -> target(heard.json(), heater) == target);
    }

    private static double target(JsonObject status, String heater) {
        JsonObject reading = status.getJsonObject("temperatures").getJsonObject(heater);
        return reading == null ? Double.NaN : reading.getDouble("target");
    }

    private static HttpResponse<String> post(RunningBridge bridge, String verb, @Nullable String body) {
        return bridge.api().send("POST", "/api/printers/voron/commands/" + verb, body);
    }

    private void register(RunningBridge bridge, ProtocolSimulator simulator) {
        bridge.api().register(SimulatedPrinters.registration("voron", printers.start(simulator)));
    }

    private JsonObject configuration() {
        JsonObject configuration = RunningBridge.configuration(folder);
        configuration.getJsonObject("polling").put("timeout", "3s");
        return configuration.put(
                "commands",
                new JsonObject()
                        .put(
                                "mqtt",
                                new JsonArray()
                                        .add("nozzle_temperature")
                                        .add("bed_temperature")
                                        .add("home")
                                        .add("emergency_stop")));
    }
}
