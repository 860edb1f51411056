package io.github.printer2mqtt.mqtt;

import static io.github.printer2mqtt.mqtt.MqttScenario.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig.HomeAssistant.Discovery;
import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.mqtt.publish.MqttTimings;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.BrokerPeer;
import io.github.printer2mqtt.testing.InMemoryAlerts;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.TestBroker;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.testing.TestSubscriber.Heard;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another client publishes on the bridge's retained topics, or clears them. */
class ForeignValuesTest {
    private static final Duration RESTORE = Duration.ofMillis(300);

    @ParameterizedTest
    @CsvSource({"V5, DEVICE", "V5, COMPONENT", "V3, DEVICE", "V3, COMPONENT"})
    void retainedTopicsAreRestoredAtTheEmbeddedBroker(Version version, Discovery form) {
        restored(TestBroker.on(Ports.free()), version, form);
    }

    static void restored(BrokerPeer broker, Version version, Discovery form) {
        try (broker;
                MqttScenario bridge = new MqttScenario()
                        .discovered(form, "homeassistant")
                        .alerting(oneAlert())
                        .register("a")
                        .idle("a");
                TestSubscriber user = TestSubscriber.listen(broker.port(), "#")) {
            start(bridge, broker, version, user);
            Map<String, String> ours = values(user);
            assertThat(ours.keySet())
                    .contains(
                            bridge.state("a"),
                            bridge.availability("a"),
                            BASE + "/printers/a/alert/error",
                            BASE + "/fleet/state",
                            BASE + "/bridge/state",
                            BASE + "/bridge/info",
                            BASE + "/bridge/printers",
                            BASE + "/bridge/health")
                    .anyMatch(topic -> topic.startsWith("homeassistant/"));
            for (String foreign : List.of("{\"state\":\"foreign\"}", "")) {
                ours.keySet().forEach(topic -> user.publish(topic, foreign, true));
                ours.forEach((topic, value) -> awaitRestored(user, topic, foreign, value));
                bridge.awaitHeard(user);
                awaitRetained(broker, ours);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"V5", "V3"})
    void frequentForeignValuesAreReplacedOncePerInterval(Version version) {
        try (BrokerPeer broker = TestBroker.on(Ports.free());
                MqttScenario bridge = new MqttScenario().register("a").idle("a");
                TestSubscriber user = TestSubscriber.listen(broker.port(), BASE + "/#")) {
            start(bridge, broker, version, user);
            String ours = user.await(bridge.availability("a"), heard -> true).text();
            long begin = System.nanoTime();
            for (int i = 0; i < 300; i++) {
                user.publish(bridge.availability("a"), "{\"state\":\"foreign " + i + "\"}", true);
            }
            user.catchUp();
            user.await(bridge.availability("a"), heard -> heard.text().equals(ours));
            bridge.awaitHeard(user);
            long intervals = (System.nanoTime() - begin) / RESTORE.toNanos();
            assertThat(user.of(bridge.availability("a")))
                    .filteredOn(heard -> heard.text().equals(ours))
                    .as("once at start and once per interval")
                    .hasSizeBetween(2, (int) intervals + 2);
        }
    }

    @ParameterizedTest
    @CsvSource({"V5", "V3"})
    void foreignTopicsBelowTheBaseTopicStay(Version version) {
        String note = BASE + "/printers/a/alert/note";
        try (BrokerPeer broker = TestBroker.on(Ports.free());
                MqttScenario bridge = new MqttScenario().register("a").idle("a");
                TestSubscriber user = TestSubscriber.listen(broker.port(), BASE + "/#")) {
            start(bridge, broker, version, user);
            String ours = user.await(bridge.availability("a"), heard -> true).text();
            user.publish(note, "other", true);
            user.publish(bridge.availability("a"), "foreign", true);
            awaitRestored(user, bridge.availability("a"), "foreign", ours);
            bridge.awaitHeard(user);
            assertThat(user.of(note)).extracting(Heard::text).containsExactly("other");
        }
    }

    private static void start(MqttScenario bridge, BrokerPeer broker, Version version, TestSubscriber user) {
        MqttTimings usual = MqttScenario.TIMINGS;
        bridge.start(
                MqttScenario.options(broker.port(), version),
                new MqttTimings(
                        usual.health(),
                        usual.echo(),
                        RESTORE,
                        usual.offline(),
                        usual.settle(),
                        usual.birthAtLeast(),
                        usual.birthAtMost(),
                        usual.birthPause(),
                        usual.scan()));
        user.await(BASE + "/bridge/state", heard -> heard.text().contains("online"));
        bridge.awaitHeard(user);
    }

    private static void awaitRestored(TestSubscriber user, String topic, String foreign, String ours) {
        Await.until(topic + " is restored", () -> {
            List<Heard> heard = user.of(topic);
            return heard.stream().anyMatch(each -> each.text().equals(foreign))
                    && heard.get(heard.size() - 1).text().equals(ours);
        });
    }

    private static void awaitRetained(BrokerPeer broker, Map<String, String> ours) {
        try (TestSubscriber late = TestSubscriber.listen(broker.port(), "#")) {
            Await.until("the broker retains our values", () -> values(late).equals(ours));
        }
    }

    /** The newest value of each topic. */
    private static Map<String, String> values(TestSubscriber subscriber) {
        Map<String, String> values = new TreeMap<>();
        subscriber.newest().forEach((topic, heard) -> values.put(topic, heard.text()));
        return values;
    }

    private static InMemoryAlerts oneAlert() {
        InMemoryAlerts alerts = new InMemoryAlerts();
        alerts.add(
                new Alert(new PrinterId("a"), AlertCode.ERROR, Alert.Severity.CRITICAL, "message", MqttScenario.NOW));
        return alerts;
    }
}
