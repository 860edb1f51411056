package io.github.printer2mqtt.nodes;

import io.github.printer2mqtt.testing.Await;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;

/**
 * Records all messages of a broker. Of a status it keeps what the checker reads, and only if that changed, so that hours fit into
 * memory.
 */
public final class MqttObserver implements AutoCloseable, MqttCallback {
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final String MARKER = "observer-marker/";
    private static final List<String> KEPT = List.of("state", "job", "last_job", "source");

    private final int port;
    private final Recorder recorder;
    private final Map<String, String> newest = new HashMap<>();
    private final Set<String> markers = ConcurrentHashMap.newKeySet();
    private MqttAsyncClient client;

    private MqttObserver(int port, Recorder recorder) {
        this.port = port;
        this.recorder = recorder;
        this.client = client(port);
    }

    /** Observes the broker at a port of 127.0.0.1. */
    public static MqttObserver connect(int port, Recorder recorder) {
        MqttObserver observer = new MqttObserver(port, recorder);
        observer.connect();
        return observer;
    }

    private static MqttAsyncClient client(int port) {
        try {
            return new MqttAsyncClient(
                    "tcp://127.0.0.1:" + port, "observer-" + UUID.randomUUID(), new MemoryPersistence());
        } catch (MqttException e) {
            throw new AssertionError(e);
        }
    }

    private void connect() {
        client.setCallback(this);
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setAutomaticReconnect(false);
        options.setReceiveMaximum(65_535);
        try {
            client.connect(options).waitForCompletion(BOUND.toMillis());
            client.subscribe("#", 1).waitForCompletion(BOUND.toMillis());
        } catch (MqttException e) {
            throw new AssertionError("the observer cannot connect", e);
        }
    }

    /** Observes again after the broker was restarted, and forgets what was newest before. */
    void reconnect() {
        close();
        synchronized (this) {
            newest.clear();
        }
        client = client(port);
        connect();
    }

    /** Publishes a command. */
    void publish(String topic, JsonObject payload) {
        publish(topic, payload.encode());
    }

    private void publish(String topic, String payload) {
        MqttMessage message = new MqttMessage(payload.getBytes(StandardCharsets.UTF_8), 1, false, new MqttProperties());
        try {
            client.publish(topic, message).waitForCompletion(BOUND.toMillis());
        } catch (MqttException e) {
            throw new AssertionError("not published", e);
        }
    }

    /** Waits until all messages that the broker has accepted so far are recorded. */
    public void catchUp() {
        String marker = MARKER + UUID.randomUUID();
        publish(marker, "");
        Await.until("what was sent before has arrived", () -> markers.contains(marker));
    }

    /** The newest payload of a topic, reduced; null if there is none. */
    public synchronized @Nullable String newest(String topic) {
        return newest.get(topic);
    }

    @Override
    public synchronized void messageArrived(String topic, MqttMessage message) {
        if (topic.startsWith(MARKER)) {
            markers.add(topic);
            return;
        }
        String payload = new String(message.getPayload(), StandardCharsets.UTF_8);
        if (!topic.endsWith("/state")) {
            newest.put(topic, payload);
            recorder.message(topic, payload);
            return;
        }
        String kept = payload.isEmpty() ? payload : reduced(new JsonObject(payload));
        if (!kept.equals(newest.put(topic, kept))) {
            recorder.message(topic, kept);
        }
    }

    private static String reduced(JsonObject status) {
        JsonObject kept = new JsonObject();
        for (String key : KEPT) {
            Object value = status.getValue(key);
            if (value instanceof JsonObject object) {
                JsonObject shorter = object.copy();
                shorter.fieldNames().retainAll(Set.of("file", "result", "node", "epoch"));
                value = shorter;
            }
            kept.put(key, value);
        }
        return kept.encode();
    }

    @Override
    public void close() {
        try {
            if (client.isConnected()) {
                client.disconnectForcibly(0, 20, true);
            }
            client.close();
        } catch (MqttException e) {
            // The broker was killed.
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
