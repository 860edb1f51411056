package io.github.printer2mqtt.mqtt.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.BridgeConfig.HomeAssistant.Discovery;
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

/** Migrates the bridge's device between the forms of discovery, with manual acknowledgements. */
class DeviceAnnouncementTest implements DeviceAnnouncement.Environment {
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
                        BridgeConfig.defaults().commands(),
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
    public void resumeAfter(Duration delay, DeviceAnnouncement same) {}

    private void acknowledge(String topic) {
        Value value = Objects.requireNonNull(waiting.remove(topic), () -> "nothing waits for " + topic);
        acknowledged.add(topic + " " + describe(value));
        device.onAcknowledged(value);
    }

    private void acknowledgeAll() {
        List.copyOf(waiting.keySet()).forEach(this::acknowledge);
    }

    private static String describe(Value value) {
        String text = new String(value.payload(), StandardCharsets.UTF_8);
        return text.isEmpty() ? "cleared" : text.equals(MIGRATE) ? "migrating" : "announced";
    }

    private void settle() {
        now += Duration.ofSeconds(2).toNanos();
        device.resume();
    }

    @Test
    void deviceIsMigratedToEntities() {
        device.setWanted(DEVICE);
        acknowledgeAll();

        device.setWanted(ENTITIES);
        assertThat(waiting.keySet()).as("first the migration notice").containsExactly(WHOLE);
        acknowledgeAll();
        assertThat(waiting.keySet()).as("then the removal of the device").containsExactly(WHOLE);
        acknowledgeAll();
        assertThat(waiting).as("then a pause").isEmpty();
        settle();
        assertThat(waiting).as("then the entities").hasSize(ENTITIES.size()).doesNotContainKey(WHOLE);
        acknowledgeAll();

        assertThat(acknowledged.subList(0, 3))
                .containsExactly(WHOLE + " announced", WHOLE + " migrating", WHOLE + " cleared");
        assertThat(acknowledged).hasSize(ENTITIES.size() + 3);
        assertThat(waiting).isEmpty();
    }

    @Test
    void entitiesOfAnEarlierRunAreMigratedToADevice() {
        ENTITIES.forEach(message -> device.restore(message.topic(), message.known()));

        device.setWanted(DEVICE);
        assertThat(waiting.values())
                .hasSize(ENTITIES.size())
                .allMatch(value -> describe(value).equals("migrating"));
        String first = waiting.keySet().iterator().next();
        List.copyOf(waiting.keySet()).stream().skip(1).forEach(this::acknowledge);
        assertThat(waiting.keySet())
                .as("one migration notice is not acknowledged")
                .containsExactly(first);
        acknowledge(first);
        assertThat(waiting.values())
                .hasSize(ENTITIES.size())
                .allMatch(value -> describe(value).equals("cleared"));
        List.copyOf(waiting.keySet()).stream().skip(1).forEach(this::acknowledge);
        settle();
        assertThat(waiting).as("one entity is not removed yet").hasSize(1).doesNotContainKey(WHOLE);
        acknowledgeAll();
        settle();
        assertThat(waiting.keySet()).containsExactly(WHOLE);
        acknowledge(WHOLE);
        assertThat(acknowledged).last().isEqualTo(WHOLE + " announced");
        assertThat(waiting).as("no further migration notice").isEmpty();
    }

    @Test
    void interruptedMigrationStartsAgain() {
        device.restore(DEVICE.get(0).topic(), DEVICE.get(0).known());
        ENTITIES.subList(0, 2).forEach(message -> device.restore(message.topic(), message.known()));

        device.setWanted(ENTITIES);
        acknowledgeAll();
        acknowledgeAll();
        settle();
        acknowledgeAll();

        assertThat(acknowledged.subList(0, 2)).containsExactly(WHOLE + " migrating", WHOLE + " cleared");
        assertThat(acknowledged).hasSize(ENTITIES.size() + 2);
        assertThat(waiting).isEmpty();
    }

    @Test
    void deviceRemovedDuringMigrationLeavesNothing() {
        device.setWanted(DEVICE);
        acknowledgeAll();
        device.setWanted(ENTITIES);
        acknowledgeAll();
        acknowledgeAll();
        settle();
        device.setWanted(List.of());
        acknowledgeAll();
        assertThat(acknowledged.stream().filter(line -> line.endsWith("cleared")))
                .hasSize(ENTITIES.size() + 1);
        assertThat(waiting).isEmpty();
        settle();
        assertThat(device.isFinished()).isTrue();
    }

    @Test
    void deviceRemovedBeforeMigrationIsNotAnnouncedInTheNewForm() {
        device.setWanted(DEVICE);
        acknowledgeAll();
        device.setWanted(ENTITIES);
        acknowledgeAll();
        device.setWanted(List.of());
        acknowledgeAll();
        settle();
        assertThat(acknowledged).last().isEqualTo(WHOLE + " cleared");
        assertThat(waiting).isEmpty();
        assertThat(device.isFinished()).isTrue();
    }

    @Test
    void deviceWantedAgainDuringMigrationIsAnnounced() {
        device.setWanted(DEVICE);
        acknowledgeAll();
        device.setWanted(ENTITIES);
        device.setWanted(DEVICE);
        acknowledgeAll();
        assertThat(acknowledged).last().isEqualTo(WHOLE + " announced");
        assertThat(waiting).isEmpty();
    }

    @Test
    void vanishedEntityIsClearedAtOnce() {
        device.setWanted(ENTITIES);
        acknowledgeAll();
        device.setWanted(ENTITIES.subList(1, ENTITIES.size()));
        assertThat(waiting.keySet()).containsExactly(ENTITIES.get(0).topic().text());
    }

    @Test
    void unchangedMessageIsNotSentAgain() {
        device.setWanted(ENTITIES);
        acknowledgeAll();
        device.setWanted(ENTITIES);
        assertThat(waiting).isEmpty();
        device.setWanted(DEVICE);
        acknowledgeAll();
        acknowledgeAll();
        settle();
        assertThat(waiting.keySet()).containsExactly(WHOLE);
    }
}
