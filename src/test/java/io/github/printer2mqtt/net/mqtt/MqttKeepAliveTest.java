package io.github.printer2mqtt.net.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.net.mqtt.client.BrokerAddress;
import io.github.printer2mqtt.net.mqtt.client.BrokerConnectionOptions;
import io.github.printer2mqtt.net.mqtt.client.BrokerLimits;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.ScriptedBroker;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An idle connection stays open because it pings. */
class MqttKeepAliveTest {
    /** Longer than 3 s, after which the client's idle threads once ended. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();

    @ParameterizedTest
    @EnumSource(
            value = Version.class,
            names = {"V5", "V3"})
    void pingsKeepAnIdleConnection(Version version) {
        try (ScriptedBroker broker = ScriptedBroker.start(vertx)) {
            ConnectionOwner idle = new ConnectionOwner(
                    vertx,
                    BrokerConnectionOptions.of(BrokerAddress.parse(broker.url()), "idle")
                            .withVersion(version)
                            .withTimes(KEEP_ALIVE, Duration.ofSeconds(5), ConnectionOwner.FAST_RETRY));
            assertStaysConnected(idle, broker);
            assertThat(idle.sessions).hasSize(1);
            idle.close();
        }
    }

    @Test
    void keepAliveOfTheServerReplacesOurs() {
        try (ScriptedBroker broker = ScriptedBroker.limited(vertx, 10, 20_000, 1, 1, 2)) {
            ConnectionOwner idle = new ConnectionOwner(
                    vertx,
                    BrokerConnectionOptions.of(BrokerAddress.parse(broker.url()), "idle")
                            .withVersion(Version.V5)
                            .withTimes(Duration.ofSeconds(30), Duration.ofSeconds(5), ConnectionOwner.FAST_RETRY));
            assertStaysConnected(idle, broker);
            assertThat(idle.sessions.get(0).limits())
                    .isEqualTo(new BrokerLimits(10, 20_000, 1, true, Duration.ofSeconds(2)));
            idle.close();
        }
    }

    private static void assertStaysConnected(ConnectionOwner idle, ScriptedBroker broker) {
        Await.until(
                "two pings or a loss", () -> broker.pings() >= 2 || !idle.losses.isEmpty() || !idle.failures.isEmpty());
        assertThat(idle.losses).isEmpty();
        assertThat(idle.failures).isEmpty();
    }

    @Test
    void messagesAreReducedToWhatTheServerSupports() {
        try (ScriptedBroker broker = ScriptedBroker.limited(vertx, 10, 100, 0, 0, 30)) {
            ConnectionOwner idle = new ConnectionOwner(
                    vertx,
                    BrokerConnectionOptions.of(BrokerAddress.parse(broker.url()), "idle")
                            .withVersion(Version.V5));
            Await.until("connected", () -> idle.sessions.size() == 1);
            Await.done(idle.publish(MqttMessage.retained("a", new byte[10], 1)));
            Throwable tooLarge = Await.failure(idle.publish(MqttMessage.retained("a/b", new byte[100], 1)));
            assertThat(tooLarge)
                    .hasMessage(
                            "a/b has 135 bytes, the largest packet it accepts has 100; raise its maximum packet size");
            Await.until("sent", () -> !broker.publishHeaders().isEmpty());
            assertThat(broker.publishHeaders()).as("QoS 0, not retained").containsExactly(0x30);
            idle.close();
        }
    }
}
