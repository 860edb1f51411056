package io.github.printer2mqtt.mqtt;

import static io.github.printer2mqtt.mqtt.MqttScenario.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.TestBroker;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.testing.TestSubscriber.Heard;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Devices as Home Assistant receives them from a real broker. */
class DiscoveryBrokerTest {
    private static final String BRIDGE = "homeassistant/device/" + BASE + "_bridge/config";

    @RegisterExtension
    private final TestBroker broker = TestBroker.fresh();

    private final MqttScenario bridge = new MqttScenario().discoveredBelow("homeassistant");
    private final TestSubscriber homeAssistant = TestSubscriber.listen(broker.port(), "#");

    @AfterEach
    void close() {
        homeAssistant.close();
        bridge.close();
    }

    private static String device(String printer) {
        return "homeassistant/device/" + BASE + "_" + printer + "/config";
    }

    private void start(Version version) {
        bridge.start(MqttScenario.options(broker.port(), version));
        homeAssistant.await(BASE + "/bridge/state", heard -> heard.text().contains("online"));
        bridge.awaitHeard(homeAssistant);
    }

    private List<String> topics() {
        return homeAssistant.all().stream().map(Heard::topic).toList();
    }

    @Test
    void devicesComeFirstAndTheBridgeIsOnlineLast() {
        bridge.register("a").idle("a").register("b").offline("b");
        start(Version.V5);
        List<String> order = topics();
        assertThat(order.subList(0, 3)).containsExactlyInAnyOrder(BRIDGE, device("a"), device("b"));
        assertThat(order.subList(3, 5)).containsExactlyInAnyOrder(bridge.availability("a"), bridge.availability("b"));
        assertThat(order).last().isEqualTo(BASE + "/bridge/state");
    }

    @Test
    void deviceFollowsTheRegistrationAndIsClearedBeforeItsTopics() {
        start(Version.V3);
        bridge.register("a").idle("a");
        homeAssistant.await(device("a"), heard -> heard.text().contains("Printer a"));
        // Received does not mean acknowledged, and a topic in flight is cleared only after its acknowledgement.
        bridge.awaitHeard(homeAssistant);
        bridge.remove("a");
        homeAssistant.await(device("a"), heard -> heard.text().isEmpty());
        homeAssistant.await(bridge.state("a"), heard -> heard.text().isEmpty());
        assertThat(homeAssistant.all())
                .filteredOn(heard -> heard.text().isEmpty())
                .first()
                .extracting(Heard::topic)
                .isEqualTo(device("a"));
    }

    @Test
    void printerRegisteredAgainIsRemovedAndAnnounced() {
        bridge.register("a").idle("a");
        start(Version.V5);
        bridge.remove("a");
        homeAssistant.await(device("a"), heard -> heard.text().isEmpty());
        bridge.register("a", "Another name");
        homeAssistant.await(device("a"), heard -> heard.text().contains("Another name"));
        assertThat(homeAssistant.of(device("a")).stream()
                        .map(heard -> heard.text().isEmpty()))
                .as("announced, removed, announced")
                .containsExactly(false, true, false);
    }

    @Test
    void unchangedStatusAnnouncesNothing() {
        bridge.register("a").printing("a", 1);
        start(Version.V5);
        for (int progress = 2; progress < 30; progress++) {
            bridge.printing("a", progress);
        }
        bridge.offline("a").idle("a");
        homeAssistant.await(bridge.state("a"), heard -> heard.text().contains("\"state\":\"idle\""));
        assertThat(homeAssistant.of(device("a"))).hasSize(1);
    }

    @Test
    void birthMessagesCauseOneRepublication() {
        bridge.register("a").idle("a");
        start(Version.V5);
        int before = topics().size();
        for (int i = 0; i < 5; i++) {
            homeAssistant.publish("homeassistant/status", "online", false);
        }
        Await.until("published again", () -> homeAssistant.of(bridge.state("a")).size() == 2);
        bridge.awaitHeard(homeAssistant);
        assertThat(topics().subList(before, topics().size()))
                .filteredOn(topic -> !topic.equals("homeassistant/status"))
                .containsExactlyInAnyOrder(BRIDGE, device("a"), bridge.availability("a"), bridge.state("a"));
        assertThat(homeAssistant.of(device("a")).get(1).text())
                .as("the same bytes")
                .isEqualTo(homeAssistant.of(device("a")).get(0).text());
    }

    /** As sent by a Home Assistant whose birth message is configured with retain. */
    @ParameterizedTest
    @EnumSource(
            value = Version.class,
            names = {"V5", "V3"})
    void retainedBirthMessageCausesRepublication(Version version) {
        bridge.register("a").idle("a");
        start(version);
        homeAssistant.publish("homeassistant/status", "online", true);
        Await.until("published again", () -> homeAssistant.of(bridge.state("a")).size() == 2);
        bridge.awaitHeard(homeAssistant);
        assertThat(homeAssistant.of(device("a"))).hasSize(2);
    }

    @Test
    void offlineAndEarlierRetainedBirthMessagesAreIgnored() {
        bridge.register("a").idle("a");
        homeAssistant.publish("homeassistant/status", "online", true);
        start(Version.V5);
        homeAssistant.publish("homeassistant/status", "offline", false);
        homeAssistant.publish("homeassistant/status", "online", false);
        Await.until("published again", () -> homeAssistant.of(bridge.state("a")).size() == 2);
        bridge.awaitHeard(homeAssistant);
        assertThat(homeAssistant.of(device("a"))).hasSize(2);
    }
}
