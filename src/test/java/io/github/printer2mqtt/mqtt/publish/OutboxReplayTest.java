package io.github.printer2mqtt.mqtt.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.mqtt.publish.Outbox.ReplayOrder;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.TopicKind;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.testing.NoOpRetainedTopicRepository;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutboxReplayTest {
    private static final Topics TOPICS = new Topics("b");
    private static final PrinterId A = new PrinterId("a");
    private static final PrinterId B = new PrinterId("b");

    private final RetainedTopics retained = new RetainedTopics(TOPICS, new NoOpRetainedTopicRepository(), value -> {});
    private final ManualBroker broker = new ManualBroker();
    private final Outbox outbox = new Outbox(retained, broker);

    private static Topic device(String printer) {
        return new Topic("homeassistant/device/b_" + printer + "/config", true, 1, TopicKind.DISCOVERY);
    }

    private void put(Topic topic, String value) {
        retained.put(topic, value.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void deviceIsRemovedBeforeItsTopicsAreCleared() {
        Topic device = device("a");
        outbox.onConnected(10, ReplayOrder.DEVICES_FIRST);
        put(device, "announced");
        put(TOPICS.printerAvailability(A), "1");
        outbox.pump();
        broker.got.clear();

        // Even the announcement is not acknowledged.
        retained.clear(device);
        retained.clear(TOPICS.printerAvailability(A));
        put(TOPICS.printerState(B), "2");
        broker.unacknowledged.remove(1).complete();
        assertThat(broker.got).containsExactly("state=2");

        broker.acknowledgeAll();
        assertThat(broker.got).containsExactly("state=2", "config=", "availability=");
        assertThat(retained.size()).isEqualTo(1);
    }

    @Test
    void statesDoNotWaitForDevicesThatAreKnown() {
        Topic device = device("a");
        Topic removed = device("c");
        put(device, "announced");
        retained.clear(removed);
        retained.clear(TOPICS.printerAvailability(B));
        put(TOPICS.printerState(A), "1");

        outbox.onConnected(100, ReplayOrder.STATES_FIRST);
        broker.acknowledgeAll();

        assertThat(broker.got).containsExactly("state=1", "config=announced", "config=", "availability=");
    }

    @Test
    void statesWaitForNewDevices() {
        for (int i = 0; i < 60; i++) {
            put(device("p" + i), "announced");
        }
        put(TOPICS.printerState(A), "1");

        outbox.onConnected(100, ReplayOrder.DEVICES_FIRST);
        broker.acknowledgeAll();
        assertThat(broker.got).hasSize(50).doesNotContain("state=1");
        assertThat(broker.later).isEqualTo(1);

        outbox.resume();
        broker.acknowledgeAll();
        assertThat(broker.got).hasSize(61).endsWith("config=announced", "state=1");
        assertThat(broker.replayed).isEqualTo(1);
    }

    @Test
    void changedStatesAreSentBetweenPortionsOfKnownDevices() {
        for (int i = 0; i < 60; i++) {
            put(device("p" + i), "announced");
        }
        outbox.onConnected(100, ReplayOrder.STATES_FIRST);
        broker.acknowledgeAll();
        assertThat(broker.got).hasSize(50);

        put(TOPICS.printerState(A), "1");
        outbox.pump();
        broker.acknowledgeAll();
        assertThat(broker.got).hasSize(51).endsWith("state=1");

        outbox.resume();
        broker.acknowledgeAll();
        assertThat(broker.got).hasSize(61);
        assertThat(broker.replayed).isEqualTo(1);
    }

    @Test
    void devicesDoNotWaitForStatesThatChangeAllTheTime() {
        put(device("a"), "announced");
        put(TOPICS.printerState(A), "0");
        put(TOPICS.printerState(B), "0");
        outbox.onConnected(3, ReplayOrder.STATES_FIRST);

        for (int i = 1; i <= 3; i++) {
            put(TOPICS.printerState(A), "" + i);
            put(TOPICS.printerState(B), "" + i);
            broker.acknowledge();
        }

        assertThat(broker.got).startsWith("state=0", "state=1", "config=announced");
    }

    @Test
    void clearedTopicsWaitForDevices() {
        for (int i = 0; i < 60; i++) {
            put(device("p" + i), "announced");
        }
        retained.clear(TOPICS.printerAvailability(B));

        outbox.onConnected(100, ReplayOrder.STATES_FIRST);
        broker.acknowledgeAll();
        assertThat(broker.got).doesNotContain("availability=");

        outbox.resume();
        broker.acknowledgeAll();
        assertThat(broker.got).endsWith("config=announced", "availability=");
    }
}
