package io.github.printer2mqtt.net.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.ScriptedBroker;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An idle connection stays open because it pings. */
class MqttKeepAliveTest {
    private static final BrokerConnectionOptions.Retry FAST =
            new BrokerConnectionOptions.Retry(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(60));

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
            Idle idle = new Idle(
                    BrokerConnectionOptions.of(BrokerAddress.parse("mqtt://127.0.0.1:" + broker.port()), "idle")
                            .withVersion(version)
                            .withTimes(KEEP_ALIVE, Duration.ofSeconds(5), FAST));
            Await.until("two pings or a loss", () -> broker.pings() >= 2 || !idle.losses.isEmpty());
            assertThat(idle.losses).isEmpty();
            assertThat(idle.sessions).hasSize(1);
            Await.done(idle.on(idle.connection::close));
        }
    }

    @Test
    void keepAliveOfTheServerReplacesOurs() {
        try (ScriptedBroker broker = ScriptedBroker.limited(vertx, 10, 20_000, 1, 1, 2)) {
            Idle idle = new Idle(
                    BrokerConnectionOptions.of(BrokerAddress.parse("mqtt://127.0.0.1:" + broker.port()), "idle")
                            .withVersion(Version.V5)
                            .withTimes(Duration.ofSeconds(30), Duration.ofSeconds(5), FAST));
            Await.until("two pings or a loss", () -> broker.pings() >= 2 || !idle.losses.isEmpty());
            assertThat(idle.losses).isEmpty();
            assertThat(idle.sessions.get(0).limits())
                    .isEqualTo(new BrokerLimits(10, 20_000, 1, true, Duration.ofSeconds(2)));
            Await.done(idle.on(idle.connection::close));
        }
    }

    @Test
    void messagesAreReducedToWhatTheServerSupports() {
        try (ScriptedBroker broker = ScriptedBroker.limited(vertx, 10, 100, 0, 0, 30)) {
            Idle idle = new Idle(
                    BrokerConnectionOptions.of(BrokerAddress.parse("mqtt://127.0.0.1:" + broker.port()), "idle")
                            .withVersion(Version.V5));
            Await.until("connected", () -> idle.sessions.size() == 1);
            Await.done(idle.on(() -> idle.connection.publish(MqttMessage.retained("a", new byte[10], 1))));
            Throwable tooLarge = Await.failure(
                    idle.on(() -> idle.connection.publish(MqttMessage.retained("a/b", new byte[100], 1))));
            assertThat(tooLarge).hasMessage("a/b has 135 bytes, the largest packet it accepts has 100");
            Await.until("sent", () -> !broker.publishHeaders().isEmpty());
            assertThat(broker.publishHeaders()).as("QoS 0, not retained").containsExactly(0x30);
            Await.done(idle.on(idle.connection::close));
        }
    }

    /** A connection whose owner only listens. */
    private final class Idle implements MqttConnectionListener {
        final List<MqttConnectionListener.Session> sessions = new CopyOnWriteArrayList<>();
        final List<String> losses = new CopyOnWriteArrayList<>();
        private final Context context = vertx.getOrCreateContext();
        final ReconnectingMqttConnection connection;

        Idle(BrokerConnectionOptions options) {
            this.connection = Await.done(on(() -> {
                ReconnectingMqttConnection fresh = new ReconnectingMqttConnection(vertx, options, this);
                fresh.open();
                return Future.succeededFuture(fresh);
            }));
        }

        <T> Future<T> on(Supplier<Future<T>> work) {
            Promise<T> done = Promise.promise();
            context.runOnContext(v -> work.get().onComplete(done));
            return done.future();
        }

        @Override
        public void onConnected(MqttConnectionListener.Session session) {
            sessions.add(session);
        }

        @Override
        public void onLost(String reason, Duration nextAttemptIn) {
            losses.add(reason);
        }

        @Override
        public void onConnectFailed(ConnectFailure problem, Duration nextAttemptIn) {
            losses.add(problem.detail());
        }
    }
}
