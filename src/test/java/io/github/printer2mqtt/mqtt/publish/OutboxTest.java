package io.github.printer2mqtt.mqtt.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.mqtt.publish.Outbox.ReplayOrder;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.testing.NoOpRetainedTopicRepository;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final Topics TOPICS = new Topics("b");
    private static final PrinterId A = new PrinterId("a");
    private static final PrinterId B = new PrinterId("b");

    private final RetainedTopics retained = new RetainedTopics(TOPICS, new NoOpRetainedTopicRepository(), value -> {});
    private final ManualBroker broker = new ManualBroker();
    private final Outbox outbox = new Outbox(retained, broker);

    private void state(PrinterId printer, String value) {
        retained.put(TOPICS.printerState(printer), value.getBytes(StandardCharsets.UTF_8));
        outbox.pump();
    }

    private void event(String value) {
        outbox.add(TOPICS.printerEvent(A), value.getBytes(StandardCharsets.UTF_8));
        outbox.pump();
    }

    private void loseConnection() {
        broker.loseAll();
        outbox.onDisconnected();
        broker.got.clear();
    }

    @Test
    void onlyTheNewestValueFollowsOneInFlight() {
        outbox.onConnected(100, ReplayOrder.DEVICES_FIRST);
        state(A, "1");
        state(A, "2");
        state(A, "3");
        assertThat(broker.got).containsExactly("state=1");
        broker.acknowledgeAll();
        assertThat(broker.got).containsExactly("state=1", "state=3");
        assertThat(outbox.queued()).isZero();
    }

    @Test
    void inFlightMessagesAreLimited() {
        outbox.onConnected(10, ReplayOrder.DEVICES_FIRST);
        for (int i = 0; i < 30; i++) {
            event("e" + i);
        }
        assertThat(broker.unacknowledged).hasSize(8);
        broker.acknowledge();
        assertThat(broker.unacknowledged).hasSize(8);
        broker.acknowledgeAll();
        assertThat(broker.got).hasSize(30).startsWith("event=e0", "event=e1").endsWith("event=e29");
    }

    @Test
    void messageBeyondTheClientsLimitIsSentAfterTheNextAcknowledgement() {
        broker.capacity = 2;
        outbox.onConnected(100, ReplayOrder.DEVICES_FIRST);
        state(A, "1");
        event("e0");
        event("e1");
        assertThat(broker.got).containsExactly("state=1", "event=e0");
        assertThat(broker.later).isZero();
        broker.acknowledge();
        assertThat(broker.got).containsExactly("state=1", "event=e0", "event=e1");
        assertThat(broker.refusals).isEmpty();
    }

    @Test
    void sendIsRetriedLaterIfNothingIsInFlight() {
        broker.capacity = 0;
        outbox.onConnected(100, ReplayOrder.DEVICES_FIRST);
        event("e0");
        assertThat(broker.later).isPositive();
        broker.capacity = 1;
        outbox.pump();
        assertThat(broker.got).containsExactly("event=e0");
    }

    @Test
    void retainedSetThenUnacknowledgedEventsAreSentAfterAConnect() {
        outbox.onConnected(100, ReplayOrder.DEVICES_FIRST);
        state(A, "1");
        state(B, "1");
        broker.acknowledgeAll();
        event("e0");
        event("e1");
        event("e2");
        broker.acknowledge();
        loseConnection();
        state(B, "2");
        event("e3");
        outbox.onConnected(100, ReplayOrder.DEVICES_FIRST);
        assertThat(broker.got).containsExactly("state=1", "state=2");
        assertThat(broker.replayed).isEqualTo(1);
        broker.acknowledgeAll();
        assertThat(broker.got).containsExactly("state=1", "state=2", "event=e1", "event=e2", "event=e3");
        assertThat(broker.replayed).isEqualTo(2);
    }

    @Test
    void topicIsClearedUntilAcknowledged() {
        outbox.onConnected(100, ReplayOrder.DEVICES_FIRST);
        state(A, "1");
        broker.acknowledgeAll();
        retained.clearAll(A);
        outbox.pump();
        loseConnection();
        outbox.onConnected(100, ReplayOrder.DEVICES_FIRST);
        assertThat(broker.got).containsExactly("state=");
        broker.acknowledgeAll();
        assertThat(retained.size()).isZero();
        loseConnection();
        outbox.onConnected(100, ReplayOrder.DEVICES_FIRST);
        assertThat(broker.got).isEmpty();
    }

    @Test
    void refusedMessageDoesNotStopOthers() {
        state(A, "1");
        state(B, "1");
        outbox.onConnected(100, ReplayOrder.DEVICES_FIRST);
        broker.refuse();
        broker.acknowledgeAll();
        assertThat(broker.refusals).containsExactly("PRINTER_STATE not authorized");
        assertThat(broker.replayed).isEqualTo(1);
        assertThat(outbox.queued()).isZero();
    }

    @Test
    void newestThousandEventsAreKept() {
        for (int i = 0; i < 1200; i++) {
            event("e" + i);
        }
        assertThat(broker.dropped).isEqualTo(200);
        outbox.onConnected(100, ReplayOrder.DEVICES_FIRST);
        while (!broker.unacknowledged.isEmpty()) {
            broker.acknowledge();
        }
        assertThat(broker.got).hasSize(1000).startsWith("event=e200").endsWith("event=e1199");
    }

    @Test
    void responsesDropNoEventsAndFollowThem() {
        outbox.onConnected(3, ReplayOrder.DEVICES_FIRST);
        response("r0");
        event("e0");
        for (int i = 1; i < 3000; i++) {
            response("r" + i);
        }
        event("e1");
        assertThat(broker.dropped).isZero();
        assertThat(broker.droppedResponses).isEqualTo(2000);
        broker.acknowledge();
        broker.acknowledge();
        broker.acknowledge();
        assertThat(broker.got).startsWith("pause=r0", "event=e0", "event=e1").hasSize(4);
        assertThat(outbox.queued())
                .as("the first of a thousand was acknowledged")
                .isEqualTo(999);
    }

    private void response(String value) {
        outbox.add(TOPICS.response(new Topics.CommandTopic("a", "pause")), value.getBytes(StandardCharsets.UTF_8));
        outbox.pump();
    }
}
