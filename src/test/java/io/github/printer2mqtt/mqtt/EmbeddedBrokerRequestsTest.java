package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.testing.BrokerPeer;
import io.github.printer2mqtt.testing.TestBroker;

class EmbeddedBrokerRequestsTest extends RequestContract {
    @Override
    BrokerPeer open(int port) {
        return TestBroker.on(port);
    }
}
