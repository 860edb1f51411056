package io.github.printer2mqtt.net.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.net.mqtt.client.BrokerAddress;
import io.github.printer2mqtt.net.mqtt.client.BrokerConnectionOptions;
import io.github.printer2mqtt.net.mqtt.client.ConnectFailure;
import io.github.printer2mqtt.net.mqtt.client.ConnectFailure.Kind;
import io.github.printer2mqtt.net.mqtt.client.PublishFailure;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HostileServer;
import io.github.printer2mqtt.testing.ScriptedBroker;
import io.github.printer2mqtt.testing.TcpProxy;
import io.github.printer2mqtt.testing.TestBroker;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.testing.VertxInstance;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReconnectingMqttConnectionTest {
    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();

    private ConnectionOwner connect(BrokerConnectionOptions options) {
        return new ConnectionOwner(vertx, options);
    }

    private static BrokerConnectionOptions options(int port) {
        return BrokerConnectionOptions.of(BrokerAddress.parse("mqtt://127.0.0.1:" + port), "connection-under-test")
                .withTimes(Duration.ofSeconds(30), Duration.ofSeconds(5), ConnectionOwner.FAST_RETRY);
    }

    @ParameterizedTest
    @EnumSource(
            value = Version.class,
            names = {"V5", "V3"})
    void publishesSubscribesAndClosesWithBothProtocols(Version version) {
        try (TestBroker broker = TestBroker.fresh()) {
            ConnectionOwner owner = connect(options(broker.port()).withVersion(version));
            Await.until("connected", () -> owner.sessions.size() == 1);
            assertThat(owner.sessions.get(0).protocol()).isEqualTo(version);
            Await.done(owner.on(() -> owner.connection.subscribe("own", 1)));
            Await.done(owner.publish("own", "hello"));
            Await.until("the own message has arrived", () -> owner.messages.size() == 1);
            assertThat(owner.messages.get(0).payload()).asString().isEqualTo("hello");
            assertThat(owner.onOwnContext).containsOnly(true);
            assertThat(owner.close()).as("close does not wait for a timeout").isLessThan(Duration.ofSeconds(5));
            assertThat(owner.losses).isEmpty();
            assertThat(Await.failure(owner.publish("own", "late"))).hasMessage("not connected");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ScriptedBroker.Mqtt5.class,
            names = {"REFUSED", "CLOSED"})
    void fallsBackToMqtt311AtOnceAndKeepsIt(ScriptedBroker.Mqtt5 reaction) {
        try (ScriptedBroker broker = ScriptedBroker.start(vertx, reaction)) {
            ConnectionOwner owner = connect(options(broker.port())
                    .withTimes(Duration.ofSeconds(30), Duration.ofSeconds(25), ConnectionOwner.FAST_RETRY));
            Await.until("connected long before a timeout", Duration.ofSeconds(15), () -> owner.sessions.size() == 1);
            assertThat(owner.sessions.get(0).protocol()).isEqualTo(Version.V3);
            assertThat(owner.failures).as("the fallback is no failed attempt").isEmpty();
            Await.done(owner.publish("a", "1"));
            broker.dropConnections();
            Await.until("connected again", () -> owner.sessions.size() == 2);
            assertThat(broker.levels()).containsExactly(5, 4, 4);
            owner.close();
        }
    }

    @Test
    void triesMqtt5AgainWhenTheOldBrokerIsUnreachable() {
        ScriptedBroker old = ScriptedBroker.start(vertx, ScriptedBroker.Mqtt5.REFUSED);
        int port = old.port();
        ConnectionOwner owner = connect(options(port));
        Await.until("connected", () -> owner.sessions.size() == 1);
        old.close();
        Await.until("refused", () -> !owner.failures.isEmpty());
        try (TestBroker broker = TestBroker.on(port)) {
            Await.until("connected again", () -> owner.sessions.size() == 2);
            assertThat(owner.sessions.get(1).protocol()).isEqualTo(Version.V5);
            owner.close();
            assertThat(broker.port()).isEqualTo(port);
        }
    }

    @Test
    void attemptWithoutResponseIsAbortedWithItsThreadsAndSockets() {
        try (HostileServer silent = HostileServer.start(vertx, socket -> {})) {
            ConnectionOwner owner = connect(
                    options(silent.port()).withTimes(ofMillis(1000), ofMillis(200), ConnectionOwner.FAST_RETRY));
            Await.until("five attempts", () -> owner.failures.size() >= 5);
            assertThat(owner.failures).extracting(ConnectFailure::kind).containsOnly(Kind.TIMEOUT);
            Await.until("aborted attempts are closed", () -> silent.openSockets() <= 2);
            assertThat(owner.close()).isLessThan(Duration.ofSeconds(5));
            Await.until("no socket is left", () -> silent.openSockets() == 0);
            Await.until("no thread is left", () -> threads().isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Version.class,
            names = {"V5", "V3"})
    void connectionClosedAtOnceLeavesNoThreads(Version version) {
        try (TcpProxy closed = TcpProxy.to(vertx, 1)) {
            closed.cut();
            ConnectionOwner owner = connect(options(closed.port()).withVersion(version));
            Await.until("ten attempts", () -> owner.failures.size() >= 10);
            assertThat(owner.failures).extracting(ConnectFailure::kind).containsOnly(Kind.CLOSED);
            owner.close();
            Await.until("no thread is left", () -> threads().isEmpty());
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("connection-under-test"))
                .toList();
    }

    private static Duration ofMillis(long millis) {
        return Duration.ofMillis(millis);
    }

    @ParameterizedTest
    @EnumSource(
            value = Version.class,
            names = {"V5", "V3"})
    void rejectedCredentialsAreNotRetriedQuickly(Version version) {
        try (TestBroker broker = TestBroker.withLogin("farm", "right")) {
            ConnectionOwner wrong =
                    connect(options(broker.port()).withVersion(version).withLogin("farm", Secret.of("wrong")));
            Await.until("refused", () -> wrong.failures.size() == 1);
            assertThat(wrong.failures.get(0).kind()).isEqualTo(Kind.CREDENTIALS);
            assertThat(wrong.waits.get(0)).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(60));
            wrong.close();
            ConnectionOwner right =
                    connect(options(broker.port()).withVersion(version).withLogin("farm", Secret.of("right")));
            Await.until("the right password is accepted", () -> right.sessions.size() == 1);
            right.close();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Version.class,
            names = {"V5", "V3"})
    void reconnectsAfterANetworkOutage(Version version) {
        try (TestBroker broker = TestBroker.fresh();
                TcpProxy network = TcpProxy.to(vertx, broker.port())) {
            ConnectionOwner owner = connect(options(network.port()).withVersion(version));
            Await.until("connected", () -> owner.sessions.size() == 1);
            network.cut();
            Await.until("the loss is reported", () -> owner.losses.size() == 1);
            network.restore();
            Await.until("connected again", () -> owner.sessions.size() == 2);
            Await.done(owner.publish("a", "1"));
            owner.close();
        }
    }

    @Test
    void missingAcknowledgementEndsTheConnection() {
        try (ScriptedBroker broker = ScriptedBroker.start(vertx, ScriptedBroker.Mqtt5.REFUSED)) {
            broker.acknowledgeNothing();
            ConnectionOwner owner = connect(options(broker.port())
                    .withVersion(Version.V3)
                    .withTimes(Duration.ofSeconds(1), Duration.ofSeconds(5), ConnectionOwner.FAST_RETRY));
            Await.until("connected", () -> owner.sessions.size() == 1);
            Throwable failure = Await.failure(owner.publish("a", "1"));
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            PublishFailure.class,
                            problem -> assertThat(problem.kind()).isEqualTo(PublishFailure.Kind.LOST));
            Await.until("loss reported", () -> !owner.losses.isEmpty());
            assertThat(owner.losses).first().isEqualTo("no acknowledgement within 1 s");
            owner.close();
        }
    }

    @Test
    void messagesForABusyOwnerAreBounded() throws InterruptedException {
        try (TestBroker broker = TestBroker.fresh();
                TestSubscriber user = TestSubscriber.listen(broker.port(), "other")) {
            ConnectionOwner owner = connect(options(broker.port()));
            Await.until("connected", () -> owner.sessions.size() == 1);
            Await.done(owner.on(() -> owner.connection.subscribe("flood", 0)));
            CountDownLatch busy = new CountDownLatch(1);
            Future<Void> blocked = owner.on(() -> {
                try {
                    assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return Future.succeededFuture();
            });
            for (int i = 0; i < 1200; i++) {
                user.publish("flood", "x", false);
            }
            Await.until("the rest was dropped", () -> owner.connection.droppedMessages() == 200);
            busy.countDown();
            Await.done(blocked);
            Await.until("a thousand were accepted", () -> owner.messages.size() >= 1000);
            assertThat(owner.messages).hasSize(1000);
            owner.close();
        }
    }
}
