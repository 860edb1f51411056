package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.testing.BrokerPeer;
import io.github.printer2mqtt.testing.Mosquitto;

class MosquittoRequestsIT extends RequestContract {
    @Override
    BrokerPeer open(int port) {
        return Mosquitto.open(port);
    }
}
