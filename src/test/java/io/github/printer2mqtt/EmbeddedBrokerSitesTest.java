package io.github.printer2mqtt;

import io.github.printer2mqtt.testing.BrokerPeer;
import io.github.printer2mqtt.testing.TestBroker;

class EmbeddedBrokerSitesTest extends SitesContract {
    @Override
    BrokerPeer open(int port) {
        return TestBroker.on(port);
    }
}
