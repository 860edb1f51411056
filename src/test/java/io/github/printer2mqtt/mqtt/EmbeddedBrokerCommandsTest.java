package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.testing.BrokerPeer;
import io.github.printer2mqtt.testing.TestBroker;

class EmbeddedBrokerCommandsTest extends CommandContract {
    @Override
    BrokerPeer open(int port) {
        return TestBroker.on(port);
    }
}
