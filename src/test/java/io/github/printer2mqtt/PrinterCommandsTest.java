package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.protocol.OctoPrintSimulator;
import io.github.printer2mqtt.simulator.protocol.PrusaLinkSimulator;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole bridge and a simulated printer: what is told to it over MQTT or HTTP shows in its next status. */
class PrinterCommandsTest {
    private static final String KEY = "a-key-for-tests";

    private final Vertx vertx = Vertx.vertx();
    private final SimulatedPrinter machine = new SimulatedPrinter("Voron", System::nanoTime);

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    private @Nullable PrinterServer server;

    /** How the simulated printer speaks. */
    private enum Protocol {
        MOONRAKER,
        OCTOPRINT;

        ProtocolSimulator face(SimulatedPrinter machine) {
            return this == MOONRAKER ? new MoonrakerSimulator(machine, KEY) : new OctoPrintSimulator(machine, KEY);
        }
    }

    @AfterEach
    void stop() {
        if (server != null) {
            Await.done(server.close());
        }
        Await.done(vertx.close());
    }

    @ParameterizedTest
    @EnumSource
    void areDoneOverMqttAndShowInTheNextStatus(Protocol protocol) {
        try (RunningBridge bridge = RunningBridge.start(configuration());
                TestSubscriber user = bridge.listen()) {
            register(bridge, protocol.face(machine));
            bridge.awaitOnline(user);
            bridge.api().awaitState("voron", "idle");

            assertThat(told(bridge, user, "nozzle_temperature", "215")).isEqualTo("ok");
            awaitTarget(bridge, user, "nozzle", 215);
            assertThat(told(bridge, user, "bed_temperature", "{\"target\":60.5}"))
                    .isEqualTo("ok");
            awaitTarget(bridge, user, "bed", 60.5);
            assertThat(told(bridge, user, "nozzle_temperature", "0")).isEqualTo("ok");
            awaitTarget(bridge, user, "nozzle", 0);

            assertThat(told(bridge, user, "home", "{\"axes\":[\"x\"]}")).isEqualTo("ok");
            assertThat(machine.view().homed()).isEqualTo("x");
            assertThat(told(bridge, user, "home", "{}")).isEqualTo("ok");
            assertThat(machine.view().homed()).isEqualTo("xyz");

            machine.startUnderWay("clip.gcode", Duration.ofHours(2), Duration.ofHours(1));
            bridge.api().awaitState("voron", "printing");
            assertThat(told(bridge, user, "home", "{}")).isEqualTo("state_conflict");
            assertThat(told(bridge, user, "bed_temperature", "65")).isEqualTo("ok");
            awaitTarget(bridge, user, "bed", 65);

            assertThat(told(bridge, user, "emergency_stop", "{}")).isEqualTo("ok");
            JsonObject stopped = bridge.api().awaitState("voron", "error");
            assertThat(stopped.getJsonObject("last_job").getString("result")).isEqualTo("failed");
            assertThat(machine.view().nozzleTarget()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void areRefusedWithoutReachingThePrinter(Protocol protocol) {
        try (RunningBridge bridge = RunningBridge.start(configuration());
                TestSubscriber user = bridge.listen()) {
            register(bridge, protocol.face(machine));
            bridge.awaitOnline(user);
            bridge.api().awaitState("voron", "idle");

            for (String payload : List.of("351", "-5", "\"215\"", "{\"target\":215,\"gcode\":\"M112\"}", "")) {
                assertThat(told(bridge, user, "nozzle_temperature", payload))
                        .as(payload)
                        .isEqualTo("invalid_field");
            }
            for (String payload : List.of("NaN", "215;M112", "[]")) {
                assertThat(told(bridge, user, "nozzle_temperature", payload))
                        .as(payload)
                        .isEqualTo("malformed_json");
            }
            assertThat(told(bridge, user, "cancel", "{}"))
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
                assertThat(told(bridge, user, verb, "{}")).as(verb).isEqualTo("printer_offline");
            }
            assertThat(told(bridge, user, "bed_temperature", "60")).isEqualTo("printer_offline");
        }
    }

    @Test
    void areAllowedByAPrintersOwnListWhereItHasOne() {
        JsonObject configuration = configuration();
        configuration.getJsonObject("commands").put("mqtt_requests", new JsonArray().add("change"));
        try (RunningBridge bridge = RunningBridge.start(configuration);
                TestSubscriber user = bridge.listen()) {
            register(bridge, new MoonrakerSimulator(machine, KEY));
            bridge.awaitOnline(user);
            HttpApi.json(bridge.api().patch("/api/printers/voron", own("cancel")), 200);
            bridge.api().awaitState("voron", "idle");

            assertThat(told(bridge, user, "home", "{}")).isEqualTo("not_allowed");
            assertThat(told(bridge, user, "cancel", "{}"))
                    .as("nothing to cancel")
                    .isEqualTo("state_conflict");

            String change = bridge.topic("bridge/request/printers/change");
            JsonObject grab = new JsonObject().put("id", "voron").put("patch", own("home"));
            user.publish(change, grab.encode(), false);
            user.await(
                    bridge.topic("bridge/response/printers/change"),
                    heard -> heard.text().contains("not_allowed"));
            assertThat(told(bridge, user, "home", "{}")).isEqualTo("not_allowed");
            assertThat(machine.view().homed()).isEmpty();
        }
    }

    private static JsonObject own(String verb) {
        return new JsonObject().put("commands", new JsonObject().put("mqtt", new JsonArray().add(verb)));
    }

    @Test
    void areDoneOverHttpToo() {
        try (RunningBridge bridge = RunningBridge.start(configuration())) {
            register(bridge, new OctoPrintSimulator(machine, KEY));
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
    void tellAPrintersOwnLimitInItsWords() {
        try (RunningBridge bridge = RunningBridge.start(configuration())) {
            register(bridge, new MoonrakerSimulator(machine, KEY));
            bridge.api().awaitState("voron", "idle");

            JsonObject refused = HttpApi.json(post(bridge, "nozzle_temperature", "{\"target\":320}"), 502);

            assertThat(refused.getString("detail"))
                    .isEqualTo("printer voron refused: Requested temperature (320.0) out of range (-10.0:300.0)");
            assertThat(machine.view().nozzleTarget()).isZero();
        }
    }

    @Test
    void areNotThereWhereTheProtocolHasNone() {
        try (RunningBridge bridge = RunningBridge.start(configuration())) {
            register(bridge, new PrusaLinkSimulator(machine, KEY));
            JsonObject status = bridge.api().awaitState("voron", "idle");

            assertThat(status.getJsonArray("capabilities")).containsExactly("pause", "resume", "cancel");
            for (String verb : List.of("home", "emergency_stop")) {
                assertThat(HttpApi.json(post(bridge, verb, null), 501).getString("code"))
                        .isEqualTo("unsupported");
            }
        }
    }

    /** Asks and brings {@code ok} or the code of the answer. */
    private static String told(RunningBridge bridge, TestSubscriber user, String verb, String payload) {
        String answers = bridge.topic("printers/voron/response/" + verb);
        int before = user.of(answers).size();
        user.publish(bridge.topic("printers/voron/command/" + verb), payload, false);
        Await.until("an answer to " + verb, () -> user.of(answers).size() > before);
        JsonObject answer = user.of(answers).get(before).json();
        return answer.getString("status").equals("ok")
                ? "ok"
                : answer.getJsonObject("error").getString("code");
    }

    private static void awaitTarget(RunningBridge bridge, TestSubscriber user, String heater, double target) {
        user.await(bridge.topic("printers/voron/state"), heard -> target(heard.json(), heater) == target);
    }

    private static double target(JsonObject status, String heater) {
        JsonObject found = status.getJsonObject("temperatures").getJsonObject(heater);
        return found == null ? Double.NaN : found.getDouble("target");
    }

    private static HttpResponse<String> post(RunningBridge bridge, String verb, @Nullable String body) {
        return bridge.api().send("POST", "/api/printers/voron/commands/" + verb, body);
    }

    private void register(RunningBridge bridge, ProtocolSimulator face) {
        PrinterServer started = Await.done(PrinterServer.start(vertx, face));
        server = started;
        bridge.api()
                .register(new JsonObject()
                        .put("name", "Voron")
                        .put("driver", face.driver())
                        .put("address", started.url())
                        .put("credentials", new JsonObject().put("api_key", KEY)));
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
