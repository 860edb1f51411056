package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.testing.TestSubscriber.Heard;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A client that sends requests with MQTT 5 and expects the responses on its own topic. */
final class Mqtt5Requester implements AutoCloseable {
    final String topic = "requester/" + UUID.randomUUID();
    private final TestSubscriber client;

    Mqtt5Requester(int port) {
        client = TestSubscriber.listen(port, topic);
    }

    /** The responses so far, in order. */
    List<Heard> responses() {
        return client.all();
    }

    void request(String where, String text, String correlation) {
        client.publish(where, text, false, properties(correlation));
    }

    /** Sends a request with a message expiry interval. */
    void requestExpiring(long seconds, String where, String text, String correlation) {
        MqttProperties properties = properties(correlation);
        properties.setMessageExpiryInterval(seconds);
        client.publish(where, text, false, properties);
    }

    private MqttProperties properties(String correlation) {
        MqttProperties properties = new MqttProperties();
        properties.setResponseTopic(topic);
        properties.setCorrelationData(correlation.getBytes(StandardCharsets.UTF_8));
        return properties;
    }

    @Override
    public void close() {
        client.close();
    }
}
