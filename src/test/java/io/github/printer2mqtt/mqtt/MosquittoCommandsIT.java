package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.testing.BrokerPeer;
import io.github.printer2mqtt.testing.Mosquitto;

class MosquittoCommandsIT extends CommandContract {
    @Override
    BrokerPeer open(int port) {
        return Mosquitto.open(port);
    }
}
