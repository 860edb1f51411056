package io.github.printer2mqtt.mqtt.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.mqtt.homeassistant.message.DiscoveryPlan;
import io.github.printer2mqtt.mqtt.publish.RetainedTopics.Value;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import io.github.printer2mqtt.testing.CapturedLog;
import io.github.printer2mqtt.testing.NoOpRetainedTopicRepository;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RetainedValueGuardTest {
    private static final Topics TOPICS = new Topics("b");
    private static final Topic TOPIC = TOPICS.printerAvailability(new PrinterId("a"));

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();
    private final RetainedTopics retained = new RetainedTopics(TOPICS, new NoOpRetainedTopicRepository(), value -> {});
    private final DiscoveryPlan plan = new DiscoveryPlan(
            TOPICS,
            BridgeConfig.defaults().homeAssistant(),
            BridgeConfig.defaults().commands(),
            "1.2.3");

    /** Its timer never fires within a test; tests call restore instead. */
    private final RetainedValueGuard guard =
            new RetainedValueGuard(vertx, TOPICS, plan, retained, () -> {}, Duration.ofHours(1));

    @AfterEach
    void close() {
        guard.reset();
    }

    private void put(String value) {
        retained.put(TOPIC, value.getBytes(StandardCharsets.UTF_8));
    }

    private Value send() {
        Value value = Objects.requireNonNull(retained.next());
        retained.onSent(value);
        return value;
    }

    private void arrives(String topic, String value) {
        guard.onMessage(MqttMessage.nonRetained(topic, value.getBytes(StandardCharsets.UTF_8), 1));
    }

    @Test
    void overwrittenAndClearedTopicsAreSentAgain() {
        put("1");
        retained.onAcknowledged(send());
        for (String foreign : new String[] {"foreign", ""}) {
            arrives(TOPIC.text(), foreign);
            assertThat(retained.next()).as("not at once").isNull();
            guard.restore();
            Value again = send();
            assertThat(again.payload()).isEqualTo("1".getBytes(StandardCharsets.UTF_8));
            retained.onAcknowledged(again);
        }
    }

    @Test
    void echoOfAnOlderValueIsNotForeignAfterTheNewestArrived() {
        put("1");
        Value first = send();
        put("2");
        arrives(TOPIC.text(), "1");
        guard.restore();
        retained.onAcknowledged(first);
        retained.onAcknowledged(send());
        arrives(TOPIC.text(), "2");
        guard.restore();
        assertThat(retained.next()).isNull();
    }

    @Test
    void foreignValueIsReplacedAfterTheValueInFlightIsAcknowledged() {
        put("1");
        Value inFlight = send();
        arrives(TOPIC.text(), "foreign");
        guard.restore();
        retained.onAcknowledged(inFlight);
        assertThat(retained.next()).isNull();
        guard.restore();
        assertThat(send().payload()).isEqualTo("1".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void manyForeignValuesCauseOneMessageAndOneLogLine() {
        put("1");
        retained.onAcknowledged(send());
        try (CapturedLog log = CapturedLog.of(RetainedValueGuard.class.getName())) {
            for (int series = 0; series < 3; series++) {
                for (int i = 0; i < 1000; i++) {
                    arrives(TOPIC.text(), "foreign " + i);
                }
                guard.restore();
                retained.onAcknowledged(send());
                assertThat(retained.next()).isNull();
            }
            assertThat(log.lines()).singleElement().asString().contains("1 retained topics", TOPIC.text());
        }
    }

    @Test
    void topicsOutsideTheRetainedSetAreLeftAlone() {
        arrives("b/printers/a/note", "foreign");
        arrives(TOPIC.text(), "foreign");
        guard.restore();
        assertThat(retained.next()).isNull();
    }
}
