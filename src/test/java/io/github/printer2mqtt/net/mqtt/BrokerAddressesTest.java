package io.github.printer2mqtt.net.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.net.mqtt.client.BrokerAddress;
import io.github.printer2mqtt.net.mqtt.client.BrokerAddresses;
import io.github.printer2mqtt.net.mqtt.client.BrokerConnectionOptions;
import io.github.printer2mqtt.net.mqtt.client.ConnectFailure;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.TestBroker;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A host name with several addresses. */
class BrokerAddressesTest {
    private static final BrokerConnectionOptions.Retry FAST =
            new BrokerConnectionOptions.Retry(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(60));

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();
    private final List<MqttConnectionListener.Session> sessions = new CopyOnWriteArrayList<>();
    private final List<ConnectFailure> failures = new CopyOnWriteArrayList<>();

    private ReconnectingMqttConnection open(int port, Duration connectTimeout, String... addresses) {
        List<InetAddress> all =
                List.of(addresses).stream().map(BrokerAddressesTest::address).toList();
        BrokerConnectionOptions options = BrokerConnectionOptions.of(
                        BrokerAddress.parse("mqtt://several:" + port), "connection-under-test")
                .withTimes(Duration.ofSeconds(30), connectTimeout, FAST);
        MqttConnectionListener listener = new MqttConnectionListener() {
            @Override
            public void onConnected(MqttConnectionListener.Session session) {
                sessions.add(session);
            }

            @Override
            public void onLost(String reason, Duration nextAttemptIn) {}

            @Override
            public void onConnectFailed(ConnectFailure problem, Duration nextAttemptIn) {
                failures.add(problem);
            }
        };
        ReconnectingMqttConnection connection =
                new ReconnectingMqttConnection(vertx, options, new BrokerAddresses(() -> all), listener, Duration.ZERO);
        connection.open();
        return connection;
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(literal, e);
        }
    }

    @Test
    void nextAddressIsTriedAtOnceIfNothingListens() {
        try (TestBroker broker = TestBroker.fresh()) {
            ReconnectingMqttConnection connection =
                    open(broker.port(), Duration.ofSeconds(5), "127.0.0.2", "127.0.0.1");
            Await.until("connected", () -> sessions.size() == 1);
            assertThat(failures).isEmpty();
            Await.done(connection.close());
        }
    }

    @Test
    void nextAddressIsTriedAfterATimeoutAndKept() throws IOException {
        try (TestBroker broker = TestBroker.fresh()) {
            ReconnectingMqttConnection connection;
            try (ServerSocket silent = new ServerSocket(broker.port(), 50, address("127.0.0.2"))) {
                connection = open(silent.getLocalPort(), Duration.ofSeconds(1), "127.0.0.2", "127.0.0.1");
                Await.until("connected", () -> sessions.size() == 1);
                assertThat(failures)
                        .singleElement()
                        .extracting(ConnectFailure::kind)
                        .isEqualTo(ConnectFailure.Kind.TIMEOUT);
            }
            broker.kill();
            Await.until("three attempts failed", () -> failures.size() >= 3);
            broker.restart();
            Await.until("connected again", () -> sessions.size() == 2);
            Await.done(connection.close());
        }
    }

    @Test
    void workingAddressIsFirstAndUnresponsiveOnesAreLast() throws UnknownHostException {
        InetAddress a = address("192.0.2.1");
        InetAddress b = address("192.0.2.2");
        InetAddress c = address("192.0.2.3");
        BrokerAddresses addresses = new BrokerAddresses(() -> List.of(a, b, c));
        assertThat(addresses.inOrder()).containsExactly(a, b, c);
        addresses.onUnreachable(a);
        addresses.onReached(c);
        addresses.onAccepted();
        assertThat(addresses.inOrder()).containsExactly(c, b, a);
        addresses.onReached(c);
        addresses.onUnanswered();
        assertThat(addresses.inOrder()).containsExactly(b, a, c);
    }
}
