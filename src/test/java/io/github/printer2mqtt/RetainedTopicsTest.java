package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.protocol.PrusaLinkSimulator;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.github.printer2mqtt.testing.TestBroker;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.testing.TestSubscriber.Heard;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** All retained topics of a bridge, compared with the expected ones. */
@Timeout(120)
class RetainedTopicsTest {
    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    @RegisterExtension
    private final TestBroker broker = TestBroker.fresh();

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private JsonObject configuration;

    @BeforeEach
    void registerTwo() {
        configuration = RunningBridge.configuration(folder, broker.port());
        configuration.getJsonObject("mqtt").put("base_topic", "farm");
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            register(bridge.api(), "left", "shelf-a");
            register(bridge.api(), "right", "shelf-b");
            awaitTopics("farm", "homeassistant", "left", "right");
        }
    }

    private void register(HttpApi api, String id, String group) {
        PrinterServer printer =
                printers.start(new PrusaLinkSimulator(SimulatedPrinters.machine("MK4"), SimulatedPrinters.KEY));
        api.register(SimulatedPrinters.registration(id, printer)
                .put("name", "The " + id + " one")
                .put("group", group));
    }

    /** The retained topics of a bridge whose printers each have a group of their own. */
    private static Set<String> expected(String base, String prefix, String... ids) {
        Set<String> topics = new TreeSet<>();
        for (String part : new String[] {"state", "info", "printers", "health"}) {
            topics.add(base + "/bridge/" + part);
        }
        topics.add(base + "/fleet/state");
        topics.add(prefix + "/device/" + base + "_bridge/config");
        for (String id : ids) {
            topics.add(base + "/printers/" + id + "/state");
            topics.add(base + "/printers/" + id + "/availability");
            topics.add(prefix + "/device/" + base + "_" + id + "/config");
            topics.add(base + "/groups/shelf-" + (id.equals("left") ? "a" : "b") + "/state");
        }
        return topics;
    }

    private Map<String, String> retained() {
        // Until the topics are as expected this is repeated, and each time all of them are sent.
        LockSupport.parkNanos(50_000_000);
        try (TestSubscriber late = TestSubscriber.listen(broker.port(), "#")) {
            late.publish("marker", "end", false);
            late.await("marker", heard -> heard.text().equals("end"));
            return late.newest().values().stream()
                    .filter(Heard::retained)
                    .collect(Collectors.toMap(Heard::topic, Heard::text, (one, other) -> other, TreeMap::new));
        }
    }

    private Map<String, String> awaitTopics(String base, String prefix, String... ids) {
        Set<String> expected = expected(base, prefix, ids);
        try {
            Await.until("the retained topics of " + Arrays.toString(ids), () -> {
                Map<String, String> retained = retained();
                return retained.keySet().equals(expected)
                        && retained.getOrDefault(base + "/bridge/state", "").contains("online");
            });
        } catch (AssertionError e) {
            assertThat(retained().keySet()).containsExactlyElementsOf(expected);
            throw e;
        }
        return retained();
    }

    @Test
    void topicsAreRestoredAfterTheBrokerLostThem() {
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            Map<String, String> before = awaitTopics("farm", "homeassistant", "left", "right");
            broker.kill();
            broker.restart();
            Map<String, String> after = awaitTopics("farm", "homeassistant", "left", "right");
            String device = "homeassistant/device/farm_left/config";
            assertThat(after).containsEntry(device, before.get(device));
            assertThat(bridge.api().list().getJsonArray("printers")).hasSize(2);
        }
    }

    @Test
    void topicsSurviveARestartOfTheBridge() {
        Map<String, String> between = retained();
        assertThat(between).containsEntry("farm/bridge/state", "{\"state\":\"offline\"}");
        assertThat(between.keySet()).containsExactlyElementsOf(expected("farm", "homeassistant", "left", "right"));
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            assertThat(bridge.base()).isEqualTo("farm");
            awaitTopics("farm", "homeassistant", "left", "right");
        }
    }

    @Test
    void removedPrinterAndItsGroupAreCleared() {
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            awaitTopics("farm", "homeassistant", "left", "right");
            assertThat(bridge.api().delete("/api/printers/left").statusCode()).isEqualTo(204);
            awaitTopics("farm", "homeassistant", "right");
        }
    }

    @Test
    void printerRemovedDuringABrokerOutageIsClearedAfterARestart() {
        broker.kill();
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            assertThat(bridge.api().delete("/api/printers/left").statusCode()).isEqualTo(204);
        }
        broker.restart();
        try (TestSubscriber earlier = TestSubscriber.listen(broker.port(), "none")) {
            expected("farm", "homeassistant", "left").forEach(topic -> earlier.publish(topic, "{}", true));
        }
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            assertThat(bridge.api().list().getJsonArray("printers")).hasSize(1);
            awaitTopics("farm", "homeassistant", "right");
        }
    }

    @Test
    void renamedPrinterKeepsItsTopics() {
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            awaitTopics("farm", "homeassistant", "left", "right");
            bridge.api().patch("/api/printers/left", new JsonObject().put("name", "Old faithful"));
            Await.until(
                    "the device has its new name",
                    () -> retained()
                            .getOrDefault("homeassistant/device/farm_left/config", "")
                            .contains("Old faithful"));
            awaitTopics("farm", "homeassistant", "left", "right");
        }
    }

    @Test
    void changedDiscoveryPrefixMovesTheDevices() {
        configuration.put("home_assistant", new JsonObject().put("prefix", "ha/discovery"));
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            assertThat(bridge.base()).isEqualTo("farm");
            awaitTopics("farm", "ha/discovery", "left", "right");
        }
    }

    @Test
    void changedBaseTopicMovesAllTopics() {
        configuration.getJsonObject("mqtt").put("base_topic", "barn");
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            assertThat(bridge.base()).isEqualTo("barn");
            awaitTopics("barn", "homeassistant", "left", "right");
        }
    }

    @Test
    void discoveryChangesBetweenDeviceAndComponents() {
        configuration.put("home_assistant", new JsonObject().put("discovery", "component"));
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            assertThat(bridge.base()).isEqualTo("farm");
            Await.until("no device is left, but entities are", () -> {
                Map<String, String> retained = retained();
                return retained.containsKey("homeassistant/sensor/farm_left/status/config")
                        && retained.keySet().stream().noneMatch(topic -> topic.startsWith("homeassistant/device/"));
            });
        }
        configuration.remove("home_assistant");
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            assertThat(bridge.base()).isEqualTo("farm");
            awaitTopics("farm", "homeassistant", "left", "right");
        }
    }

    @Test
    void disabledDiscoveryClearsTheDevices() {
        configuration.put("home_assistant", new JsonObject().put("discovery", "off"));
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            assertThat(bridge.base()).isEqualTo("farm");
            Set<String> expected = expected("farm", "homeassistant", "left", "right");
            expected.removeIf(topic -> topic.startsWith("homeassistant/"));
            Await.until("no device is left", () -> retained().keySet().equals(expected));
        }
    }
}
