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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Devices at a real broker, as Home Assistant hears them. */
class DiscoveryAtTheBrokerTest {
    private static final String BRIDGE = "homeassistant/device/" + BASE + "_bridge/config";

    private final TestBroker broker = TestBroker.fresh();
    private final MqttScenario bridge = new MqttScenario().discoveredBelow("homeassistant");
    private final TestSubscriber home = TestSubscriber.listen(broker.port(), "#");

    @AfterEach
    void close() {
        home.close();
        bridge.close();
        broker.close();
    }

    private static String device(String printer) {
        return "homeassistant/device/" + BASE + "_" + printer + "/config";
    }

    private void start(Version version) {
        bridge.start(MqttScenario.options(broker.port(), version));
        home.await(BASE + "/bridge/state", heard -> heard.text().contains("online"));
        bridge.awaitHeard(home);
    }

    private List<String> topics() {
        return home.all().stream().map(Heard::topic).toList();
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
    void aPrinterThatIsRegisteredLaterIsAnnouncedAndOneThatIsRemovedIsGoneFirst() {
        start(Version.V3);
        bridge.register("a").idle("a");
        home.await(device("a"), heard -> heard.text().contains("Printer a"));
        // Heard is not yet acknowledged, and a topic that is under way is cleared after that only.
        bridge.awaitHeard(home);
        bridge.remove("a");
        home.await(device("a"), heard -> heard.text().isEmpty());
        home.await(bridge.state("a"), heard -> heard.text().isEmpty());
        assertThat(home.all())
                .filteredOn(heard -> heard.text().isEmpty())
                .first()
                .extracting(Heard::topic)
                .isEqualTo(device("a"));
    }

    @Test
    void aPrinterThatIsRegisteredAnewIsAnotherDevice() {
        bridge.register("a").idle("a");
        start(Version.V5);
        bridge.remove("a");
        home.await(device("a"), heard -> heard.text().isEmpty());
        bridge.register("a", "Another name");
        home.await(device("a"), heard -> heard.text().contains("Another name"));
        assertThat(home.of(device("a")).stream().map(heard -> heard.text().isEmpty()))
                .as("announced, removed, announced")
                .containsExactly(false, true, false);
    }

    @Test
    void theSameStatusAgainAnnouncesNothing() {
        bridge.register("a").printing("a", 1);
        start(Version.V5);
        for (int progress = 2; progress < 30; progress++) {
            bridge.printing("a", progress);
        }
        bridge.offline("a").idle("a");
        home.await(bridge.state("a"), heard -> heard.text().contains("\"state\":\"idle\""));
        assertThat(home.of(device("a"))).hasSize(1);
    }

    @Test
    void aBirthIsAnsweredOnceWithDevicesAndStates() {
        bridge.register("a").idle("a");
        start(Version.V5);
        int before = topics().size();
        for (int i = 0; i < 5; i++) {
            home.publish("homeassistant/status", "online", false);
        }
        Await.until("told again", () -> home.of(bridge.state("a")).size() == 2);
        bridge.awaitHeard(home);
        assertThat(topics().subList(before, topics().size()))
                .filteredOn(topic -> !topic.equals("homeassistant/status"))
                .containsExactlyInAnyOrder(BRIDGE, device("a"), bridge.availability("a"), bridge.state("a"));
        assertThat(home.of(device("a")).get(1).text())
                .as("the same bytes")
                .isEqualTo(home.of(device("a")).get(0).text());
    }

    /** As Home Assistant sends it where its birth message is configured with retain. */
    @ParameterizedTest
    @EnumSource(
            value = Version.class,
            names = {"V5", "V3"})
    void aRetainedBirthIsAnsweredToo(Version version) {
        bridge.register("a").idle("a");
        start(version);
        home.publish("homeassistant/status", "online", true);
        Await.until("told again", () -> home.of(bridge.state("a")).size() == 2);
        bridge.awaitHeard(home);
        assertThat(home.of(device("a"))).hasSize(2);
    }

    @Test
    void neitherAnOfflineNorAKeptBirthIsAnswered() {
        bridge.register("a").idle("a");
        home.publish("homeassistant/status", "online", true);
        start(Version.V5);
        home.publish("homeassistant/status", "offline", false);
        home.publish("homeassistant/status", "online", false);
        Await.until("told again", () -> home.of(bridge.state("a")).size() == 2);
        bridge.awaitHeard(home);
        assertThat(home.of(device("a"))).hasSize(2);
    }
}
