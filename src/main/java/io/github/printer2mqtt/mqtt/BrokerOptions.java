package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.MqttConfig;
import io.github.printer2mqtt.json.BridgeDocuments;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.net.mqtt.client.BrokerAddress;
import io.github.printer2mqtt.net.mqtt.client.BrokerConnectionOptions;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import io.github.printer2mqtt.text.HostUrl;

/** Connection options from the configuration: the embedded broker unless {@code mqtt.url} is set. */
public final class BrokerOptions {
    private BrokerOptions() {}

    /**
     * @param clientId from the configuration, or generated and stored by the bridge
     * @throws io.github.printer2mqtt.text.InvalidValueException if {@code mqtt.url} is no broker address
     */
    public static BrokerConnectionOptions of(BridgeConfig config, String clientId) {
        MqttConfig mqtt = config.mqtt();
        Topic state = new Topics(mqtt.baseTopic()).bridgeState();
        MqttMessage will = MqttMessage.retained(state.text(), BridgeDocuments.offline(), state.qos());
        String url = mqtt.url();
        BrokerConnectionOptions options = url == null
                ? embedded(config.broker(), clientId)
                : BrokerConnectionOptions.of(BrokerAddress.parse(url), clientId)
                        .withLogin(mqtt.username(), mqtt.password())
                        .withTls(mqtt.tls());
        return options.withVersion(mqtt.version()).withWill(will);
    }

    private static BrokerConnectionOptions embedded(BridgeConfig.Broker broker, String clientId) {
        String host = HostUrl.reachableHost(broker.host());
        BrokerAddress server = new BrokerAddress(BrokerAddress.Transport.MQTT, host, broker.port(), "");
        return BrokerConnectionOptions.of(server, clientId).withLogin(broker.username(), broker.password());
    }
}
