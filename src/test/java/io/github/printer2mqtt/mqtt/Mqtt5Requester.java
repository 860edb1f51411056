package io.github.printer2mqtt.mqtt;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A client that sends requests with MQTT 5 and expects the responses on its own topic. */
final class Mqtt5Requester implements AutoCloseable, MqttCallback {
    private static final long TIMEOUT_MILLIS = 20_000;

    final String topic = "requester/" + UUID.randomUUID();

    /** Responses in order. */
    final List<Response> responses = new CopyOnWriteArrayList<>();

    private final MqttAsyncClient client;

    /** A response and its correlation data. */
    record Response(JsonObject json, String correlation) {}

    Mqtt5Requester(int port) {
        try {
            client = new MqttAsyncClient(
                    "tcp://127.0.0.1:" + port, "requester-" + UUID.randomUUID(), new MemoryPersistence());
            client.setCallback(this);
            client.connect(new MqttConnectionOptions()).waitForCompletion(TIMEOUT_MILLIS);
            client.subscribe(topic, 1).waitForCompletion(TIMEOUT_MILLIS);
        } catch (MqttException e) {
            throw new AssertionError("the requester cannot connect", e);
        }
    }

    void request(String where, String text, String correlation) {
        publish(where, text, properties(correlation));
    }

    /** Sends a request with a message expiry interval. */
    void requestExpiring(long seconds, String where, String text, String correlation) {
        MqttProperties properties = properties(correlation);
        properties.setMessageExpiryInterval(seconds);
        publish(where, text, properties);
    }

    private MqttProperties properties(String correlation) {
        MqttProperties properties = new MqttProperties();
        properties.setResponseTopic(topic);
        properties.setCorrelationData(correlation.getBytes(StandardCharsets.UTF_8));
        return properties;
    }

    private void publish(String where, String text, MqttProperties properties) {
        MqttMessage message = new MqttMessage(text.getBytes(StandardCharsets.UTF_8), 1, false, properties);
        try {
            client.publish(where, message).waitForCompletion(TIMEOUT_MILLIS);
        } catch (MqttException e) {
            throw new AssertionError("not published", e);
        }
    }

    @Override
    public void messageArrived(String where, MqttMessage message) {
        byte[] correlation = Objects.requireNonNullElse(message.getProperties().getCorrelationData(), new byte[0]);
        responses.add(new Response(
                new JsonObject(new String(message.getPayload(), StandardCharsets.UTF_8)),
                new String(correlation, StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        try {
            client.disconnectForcibly(0, 20, true);
            client.close();
        } catch (MqttException e) {
            // The broker has closed the connection.
        }
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String server) {}

    @Override
    public void authPacketArrived(int code, MqttProperties properties) {}
}
