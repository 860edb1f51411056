package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.testing.BrokerPeer;
import io.github.printer2mqtt.testing.TestBroker;

class EmbeddedBrokerPublishingTest extends PublishingContract {
    @Override
    BrokerPeer open(int port) {
        return TestBroker.on(port);
    }
}
