package io.github.printer2mqtt.mqtt.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.BridgeConfig.HomeAssistant.Discovery;
import io.github.printer2mqtt.config.CommandsConfig;
import io.github.printer2mqtt.mqtt.homeassistant.message.DiscoveryMessage;
import io.github.printer2mqtt.mqtt.homeassistant.message.DiscoveryPlan;
import io.github.printer2mqtt.mqtt.homeassistant.message.KnownComponents;
import io.github.printer2mqtt.mqtt.publish.RetainedTopics.Value;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The bridge's device when the form of discovery changes; what is put, and when, as a broker acknowledges it. */
class DeviceAnnouncementTest implements DeviceAnnouncement.Desk {
    private static final String MIGRATE = "{\"migrate_discovery\": true}";
    private static final String WHOLE = "homeassistant/device/p2m_bridge/config";
    private static final List<DiscoveryMessage> DEVICE = messages(Discovery.DEVICE);
    private static final List<DiscoveryMessage> ENTITIES = messages(Discovery.COMPONENT);

    private final DeviceAnnouncement device = new DeviceAnnouncement(this, Duration.ofSeconds(2));
    private final Map<String, Value> waiting = new LinkedHashMap<>();
    private final List<String> acknowledged = new ArrayList<>();
    private long now;

    private static List<DiscoveryMessage> messages(Discovery form) {
        return new DiscoveryPlan(
                        new Topics("p2m"),
                        new BridgeConfig.HomeAssistant(form, "homeassistant"),
                        CommandsConfig.defaults(),
                        "1.0.0")
                .bridgeMessages();
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public void put(Topic topic, byte[] payload) {
        waiting.put(topic.text(), new Value(topic, payload, 1));
    }

    @Override
    public void note(Topic topic, KnownComponents known) {}

    @Override
    public void later(Duration delay, DeviceAnnouncement same) {}

    private void acknowledge(String topic) {
        Value value = Objects.requireNonNull(waiting.remove(topic), () -> "nothing waits for " + topic);
        acknowledged.add(topic + " " + word(value));
        device.onAcknowledged(value);
    }

    private void acknowledgeAll() {
        List.copyOf(waiting.keySet()).forEach(this::acknowledge);
    }

    private static String word(Value value) {
        String text = new String(value.payload(), StandardCharsets.UTF_8);
        return text.isEmpty() ? "cleared" : text.equals(MIGRATE) ? "promised" : "announced";
    }

    private void settle() {
        now += Duration.ofSeconds(2).toNanos();
        device.goOn();
    }

    @Test
    void entitiesTakeThePlaceOfADeviceWithoutBeingLost() {
        device.want(DEVICE);
        acknowledgeAll();

        device.want(ENTITIES);
        assertThat(waiting.keySet()).as("first the promise").containsExactly(WHOLE);
        acknowledgeAll();
        assertThat(waiting.keySet()).as("then the end of the device").containsExactly(WHOLE);
        acknowledgeAll();
        assertThat(waiting).as("then a moment of peace").isEmpty();
        settle();
        assertThat(waiting).as("then the entities").hasSize(ENTITIES.size()).doesNotContainKey(WHOLE);
        acknowledgeAll();

        assertThat(acknowledged.subList(0, 3))
                .containsExactly(WHOLE + " announced", WHOLE + " promised", WHOLE + " cleared");
        assertThat(acknowledged).hasSize(ENTITIES.size() + 3);
        assertThat(waiting).isEmpty();
    }

    @Test
    void aDeviceTakesThePlaceOfEntitiesOfAnEarlierRun() {
        ENTITIES.forEach(message -> device.remember(message.topic(), message.known()));

        device.want(DEVICE);
        assertThat(waiting.values())
                .hasSize(ENTITIES.size())
                .allMatch(value -> word(value).equals("promised"));
        String first = waiting.keySet().iterator().next();
        List.copyOf(waiting.keySet()).stream().skip(1).forEach(this::acknowledge);
        assertThat(waiting.keySet()).as("one promise is not taken yet").containsExactly(first);
        acknowledge(first);
        assertThat(waiting.values())
                .hasSize(ENTITIES.size())
                .allMatch(value -> word(value).equals("cleared"));
        List.copyOf(waiting.keySet()).stream().skip(1).forEach(this::acknowledge);
        settle();
        assertThat(waiting).as("one entity is still there").hasSize(1).doesNotContainKey(WHOLE);
        acknowledgeAll();
        settle();
        assertThat(waiting.keySet()).containsExactly(WHOLE);
        acknowledge(WHOLE);
        assertThat(acknowledged).last().isEqualTo(WHOLE + " announced");
        assertThat(waiting).as("nothing is promised again").isEmpty();
    }

    @Test
    void aMoveThatWasInterruptedIsDoneAgainFromTheStart() {
        device.remember(DEVICE.get(0).topic(), DEVICE.get(0).known());
        ENTITIES.subList(0, 2).forEach(message -> device.remember(message.topic(), message.known()));

        device.want(ENTITIES);
        acknowledgeAll();
        acknowledgeAll();
        settle();
        acknowledgeAll();

        assertThat(acknowledged.subList(0, 2)).containsExactly(WHOLE + " promised", WHOLE + " cleared");
        assertThat(acknowledged).hasSize(ENTITIES.size() + 2);
        assertThat(waiting).isEmpty();
    }

    @Test
    void aDeviceThatGoesInTheMiddleOfAMoveLeavesNothing() {
        device.want(DEVICE);
        acknowledgeAll();
        device.want(ENTITIES);
        acknowledgeAll();
        acknowledgeAll();
        settle();
        device.want(List.of());
        acknowledgeAll();
        assertThat(acknowledged.stream().filter(line -> line.endsWith("cleared")))
                .hasSize(ENTITIES.size() + 1);
        assertThat(waiting).isEmpty();
        settle();
        assertThat(device.isOver()).isTrue();
    }

    @Test
    void aDeviceThatGoesBeforeItHasMovedIsNotAnnouncedInItsNewForm() {
        device.want(DEVICE);
        acknowledgeAll();
        device.want(ENTITIES);
        acknowledgeAll();
        device.want(List.of());
        acknowledgeAll();
        settle();
        assertThat(acknowledged).last().isEqualTo(WHOLE + " cleared");
        assertThat(waiting).isEmpty();
        assertThat(device.isOver()).isTrue();
    }

    @Test
    void aDeviceThatIsWantedAgainInTheMiddleOfAMoveIsAnnouncedAnew() {
        device.want(DEVICE);
        acknowledgeAll();
        device.want(ENTITIES);
        device.want(DEVICE);
        acknowledgeAll();
        assertThat(acknowledged).last().isEqualTo(WHOLE + " announced");
        assertThat(waiting).isEmpty();
    }

    @Test
    void anEntityThatVanishesIsClearedAtOnce() {
        device.want(ENTITIES);
        acknowledgeAll();
        device.want(ENTITIES.subList(1, ENTITIES.size()));
        assertThat(waiting.keySet()).containsExactly(ENTITIES.get(0).topic().text());
    }

    @Test
    void whatIsSaidAlreadyIsNotWaitedForAgain() {
        device.want(ENTITIES);
        acknowledgeAll();
        device.want(ENTITIES);
        assertThat(waiting).isEmpty();
        device.want(DEVICE);
        acknowledgeAll();
        acknowledgeAll();
        settle();
        assertThat(waiting.keySet()).containsExactly(WHOLE);
    }
}
