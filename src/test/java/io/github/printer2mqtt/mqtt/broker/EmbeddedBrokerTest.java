package io.github.printer2mqtt.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.files.TemporaryFolder;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.TestBroker;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbeddedBrokerTest {
    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();

    @Test
    void twoBrokersInOneProcessAreIndependent() {
        try (TestBroker one = TestBroker.fresh();
                TestBroker other = TestBroker.fresh();
                TestSubscriber onOne = TestSubscriber.listen(one.port(), "#");
                TestSubscriber onOther = TestSubscriber.listen(other.port(), "#")) {
            onOne.publish("t", "one", true);
            onOther.publish("t", "other", true);
            onOne.await("t", heard -> heard.text().equals("one"));
            onOther.await("t", heard -> heard.text().equals("other"));
            assertThat(onOne.catchUp().all()).hasSize(1);
            assertThat(onOther.catchUp().all()).hasSize(1);
        }
    }

    @Test
    void busyPortIsReportedInOneLine() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Throwable failure = Await.failure(
                    EmbeddedBroker.start(vertx, new BridgeConfig.Broker("127.0.0.1", busy.getLocalPort(), null, null)));
            assertThat(failure)
                    .isInstanceOf(EmbeddedBroker.BrokerStartException.class)
                    .hasMessageStartingWith("broker.port: found " + busy.getLocalPort())
                    .hasMessageContaining("set another one here or in PRINTER2MQTT_BROKER_PORT, or set mqtt.url")
                    .message()
                    .doesNotContain("\n");
        }
    }

    @Test
    void stopDoesNotWaitAndDeletesTheFolder() {
        Set<String> before = folders();
        EmbeddedBroker broker =
                Await.done(EmbeddedBroker.start(vertx, new BridgeConfig.Broker("127.0.0.1", Ports.free(), null, null)));
        Set<String> during = folders();
        during.removeAll(before);
        assertThat(during).hasSize(1);
        long begin = System.nanoTime();
        Await.done(broker.stop());
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("HiveMQ alone would take two quiet periods of 2 seconds")
                .isLessThan(Duration.ofSeconds(4));
        Await.until("the folder is gone", () -> folders().stream().noneMatch(during::contains));
    }

    private static Set<String> folders() {
        String[] names = TemporaryFolder.ofProcess().path().toFile().list((folder, name) -> name.startsWith("broker-"));
        return new HashSet<>(names == null ? List.of() : Arrays.asList(names));
    }
}
