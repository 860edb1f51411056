package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.testing.BrokerPeer;
import io.github.printer2mqtt.testing.Mosquitto;

class MosquittoPublishingIT extends PublishingContract {
    @Override
    BrokerPeer open(int port) {
        return Mosquitto.open(port);
    }
}
