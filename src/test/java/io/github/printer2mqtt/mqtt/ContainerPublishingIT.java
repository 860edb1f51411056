package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.testing.BrokerPeer;
import java.util.List;
import org.testcontainers.hivemq.HiveMQContainer;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.DockerImageName;

/** With HiveMQ CE in a container; skipped without Docker. */
@Testcontainers(disabledWithoutDocker = true)
class ContainerPublishingIT extends PublishingContract {
    @Override
    BrokerPeer open(int port) {
        return new Container(port);
    }

    private static final class Container implements BrokerPeer {
        private final int port;
        private HiveMQContainer container;

        Container(int port) {
            this.port = port;
            this.container = started(port);
        }

        private static HiveMQContainer started(int port) {
            HiveMQContainer fresh = new HiveMQContainer(DockerImageName.parse("hivemq/hivemq-ce:2025.5"));
            fresh.setPortBindings(List.of("127.0.0.1:" + port + ":1883"));
            fresh.start();
            return fresh;
        }

        @Override
        public int port() {
            return port;
        }

        @Override
        public void kill() {
            container.stop();
        }

        @Override
        public void restart() {
            container = started(port);
        }

        @Override
        public void close() {
            container.stop();
        }
    }
}
