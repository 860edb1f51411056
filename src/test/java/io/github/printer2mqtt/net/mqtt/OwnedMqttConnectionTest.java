package io.github.printer2mqtt.net.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.net.mqtt.client.BrokerAddress;
import io.github.printer2mqtt.net.mqtt.client.BrokerConnectionOptions;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.LosableOwnership;
import io.github.printer2mqtt.testing.ScriptedBroker;
import io.github.printer2mqtt.testing.TestBroker;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A connection that belongs to a node: another node publishes after the loss. */
class OwnedMqttConnectionTest {
    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();
    private final LosableOwnership ownership = new LosableOwnership();

    private ConnectionOwner connect(BrokerConnectionOptions options) {
        return new ConnectionOwner(vertx, options);
    }

    private static BrokerConnectionOptions options(int port) {
        return BrokerConnectionOptions.of(BrokerAddress.parse("mqtt://127.0.0.1:" + port), "owned-connection")
                .withTimes(Duration.ofSeconds(30), Duration.ofSeconds(5), ConnectionOwner.FAST_RETRY);
    }

    @Test
    void nothingIsSentOrHandedOnAfterTheLossOfTheOwnership() {
        try (TestBroker broker = TestBroker.fresh();
                TestSubscriber user = TestSubscriber.listen(broker.port(), "farm/#")) {
            ConnectionOwner owner = connect(options(broker.port()).withOwnership(ownership));
            Await.until("connected", () -> owner.sessions.size() == 1);
            Await.done(owner.on(() -> owner.connection.subscribe("command", 1)));
            Await.done(owner.publish("farm/state", "held"));
            user.publish("command", "held", false);
            Await.until("the first message has arrived", () -> owner.messages.size() == 1);

            ownership.lose();

            assertThat(Await.failure(owner.publish("farm/state", "lost"))).hasMessage("not connected");
            assertThat(Await.failure(owner.on(() -> owner.connection.subscribe("farm/state", 1))))
                    .hasMessage("not connected");
            user.publish("command", "lost", false);
            user.publish("farm/marker", "end", false);
            user.await("farm/marker", heard -> true);
            owner.close();
            assertThat(user.of("farm/state"))
                    .extracting(TestSubscriber.Heard::text)
                    .containsExactly("held");
            assertThat(owner.messages).hasSize(1);
        }
    }

    @Test
    void willIsLeftToTheBrokerAfterTheLossOfTheOwnership() {
        MqttMessage will = MqttMessage.nonRetained("farm/will", "gone".getBytes(StandardCharsets.UTF_8), 1);
        try (TestBroker broker = TestBroker.fresh();
                TestSubscriber user = TestSubscriber.listen(broker.port(), "farm/#")) {
            ConnectionOwner owner =
                    connect(options(broker.port()).withWill(will).withOwnership(ownership));
            Await.until("connected", () -> owner.sessions.size() == 1);

            ownership.lose();
            owner.close();

            assertThat(user.await("farm/will", heard -> true).text()).isEqualTo("gone");
        }
    }

    @Test
    void connectionIsNotRenewedAfterTheLossOfTheOwnership() {
        try (ScriptedBroker broker = ScriptedBroker.start(vertx)) {
            ConnectionOwner node = connect(options(broker.port()).withOwnership(ownership));
            ConnectionOwner other = connect(options(broker.port()));
            for (int connects = 1; connects <= 3; connects++) {
                int expected = connects;
                Await.until(
                        "both are connected",
                        () -> node.sessions.size() == expected && other.sessions.size() == expected);
                broker.dropConnections();
            }
            Await.until("both are connected", () -> node.sessions.size() == 4 && other.sessions.size() == 4);
            ConnectionOwner late = connect(options(broker.port()).withOwnership(lost()));

            ownership.lose();
            for (int connects = 5; connects <= 8; connects++) {
                int expected = connects;
                broker.dropConnections();
                Await.until("the other one is connected", () -> other.sessions.size() == expected);
            }

            assertThat(node.sessions).hasSize(4);
            assertThat(late.sessions).isEmpty();
            assertThat(broker.levels())
                    .as("connects of the other one and of the node")
                    .hasSize(8 + 4);
            node.close();
            late.close();
            other.close();
        }
    }

    private static LosableOwnership lost() {
        LosableOwnership ownership = new LosableOwnership();
        ownership.lose();
        return ownership;
    }
}
