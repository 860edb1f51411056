package io.github.printer2mqtt.mqtt;

import static io.github.printer2mqtt.mqtt.MqttScenario.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.persistence.RetainedTopicRepository;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.TcpProxy;
import io.github.printer2mqtt.testing.TestBroker;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RemovedPrinterTest {
    private static final String ALL = BASE + "/printers/#";

    private static Set<String> retainedTopics(TestBroker broker) {
        try (TestSubscriber late = TestSubscriber.listen(broker.port(), ALL)) {
            // Retained messages arrive before what is published after the subscription.
            late.publish(BASE + "/printers/marker", "end", false);
            late.await(BASE + "/printers/marker", heard -> heard.text().equals("end"));
            return late.all().stream()
                    .filter(TestSubscriber.Heard::retained)
                    .map(TestSubscriber.Heard::topic)
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void topicsAreClearedAtTheBroker() {
        try (TestBroker broker = TestBroker.fresh();
                MqttScenario bridge = new MqttScenario()) {
            bridge.register("a").idle("a").register("b").idle("b");
            bridge.start(MqttScenario.options(broker.port(), Version.V5)).awaitSent();
            assertThat(retainedTopics(broker)).hasSize(4);
            bridge.remove("a");
            Await.until("cleared", () -> retainedTopics(broker).size() == 2);
            assertThat(retainedTopics(broker)).containsExactlyInAnyOrder(bridge.state("b"), bridge.availability("b"));
        }
    }

    @Test
    void topicsAreClearedWhenTheBrokerReturns() {
        try (TestBroker broker = TestBroker.fresh();
                MqttScenario bridge = new MqttScenario();
                TcpProxy network = TcpProxy.to(bridge.vertx, broker.port())) {
            bridge.register("a").idle("a").start(MqttScenario.options(network.port(), Version.V3));
            bridge.awaitSent();
            network.cut();
            Await.until("the loss is detected", () -> bridge.metric("connected") == 0);
            bridge.remove("a");
            assertThat(retainedTopics(broker)).hasSize(2);
            network.restore();
            Await.until("cleared", () -> retainedTopics(broker).isEmpty());
        }
    }

    @Test
    void topicsAreClearedAfterARestartOfTheBridge() {
        List<String> cleared = new CopyOnWriteArrayList<>();
        RetainedTopicRepository repository = new RetainedTopicRepository() {
            @Override
            public Future<Map<String, String>> load() {
                return Future.succeededFuture(Map.of(
                        BASE + "/printers/gone/state", "", BASE + "/printers/here/state", "", "elsewhere/state", ""));
            }

            @Override
            public void save(String topic, String note) {}

            @Override
            public void remove(String topic) {
                cleared.add(topic);
            }
        };
        try (TestBroker broker = TestBroker.fresh();
                MqttScenario bridge = new MqttScenario().announcing(repository);
                TestSubscriber earlier = TestSubscriber.listen(broker.port(), ALL)) {
            earlier.publish(BASE + "/printers/gone/state", "{}", true);
            earlier.publish(BASE + "/printers/here/state", "{}", true);
            bridge.register("here").start(MqttScenario.options(broker.port(), Version.V5));
            Await.until("cleared and stored", () -> cleared.size() == 2);
            assertThat(cleared)
                    .as("including topics of an earlier base topic")
                    .containsExactlyInAnyOrder(BASE + "/printers/gone/state", "elsewhere/state");
            assertThat(retainedTopics(broker)).containsExactly(BASE + "/printers/here/state");
        }
    }
}
