package io.github.printer2mqtt;

import io.github.printer2mqtt.testing.BrokerPeer;
import io.github.printer2mqtt.testing.Mosquitto;

class MosquittoSitesIT extends SitesContract {
    @Override
    BrokerPeer open(int port) {
        return Mosquitto.open(port);
    }
}
