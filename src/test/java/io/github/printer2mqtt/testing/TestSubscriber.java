package io.github.printer2mqtt.testing;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;
import org.jspecify.annotations.Nullable;

/** A subscriber that records all messages in order, and the latest of each topic. */
public final class TestSubscriber implements AutoCloseable {
    private static final Duration BOUND = Duration.ofSeconds(20);

    private final Mqtt5Connection connection;
    private final List<Heard> all = new ArrayList<>();
    private final List<Long> arrivals = new ArrayList<>();
    private final Map<String, Heard> newest = new HashMap<>();
    private final Set<String> markers = ConcurrentHashMap.newKeySet();

    /**
     * A received message.
     *
     * @param topic its topic
     * @param text its payload
     * @param retained true if the broker sent it as retained
     * @param correlation its correlation data, empty if there are none
     */
    public record Heard(String topic, String text, boolean retained, String correlation) {
        public Heard(String topic, String text, boolean retained) {
            this(topic, text, retained, "");
        }

        /** Its payload as a JSON object. */
        public JsonObject json() {
            return new JsonObject(text);
        }
    }

    private TestSubscriber(Mqtt5Connection connection) {
        this.connection = connection;
    }

    /** Subscribes to a filter without a login. */
    public static TestSubscriber listen(int port, String filter) {
        return listen(port, filter, null, null);
    }

    /** Subscribes to a filter with a login. */
    public static TestSubscriber listen(int port, String filter, @Nullable String username, @Nullable String password) {
        try {
            TestSubscriber subscriber = new TestSubscriber(Mqtt5Connection.open(port, username, password));
            subscriber.connection.receive(subscriber::messageArrived);
            subscriber.connection.subscribe(filter);
            return subscriber;
        } catch (IOException e) {
            throw new AssertionError("the subscriber cannot connect", e);
        }
    }

    /** Publishes a message. */
    public void publish(String topic, String text, boolean retained) {
        publish(topic, text, retained, new MqttProperties());
    }

    /** Publishes a message with properties. */
    public void publish(String topic, String text, boolean retained, MqttProperties properties) {
        try {
            connection.publish(topic, text.getBytes(StandardCharsets.UTF_8), retained, properties);
        } catch (IOException e) {
            throw new AssertionError("not published", e);
        }
    }

    /**
     * Waits until all messages that the broker has acknowledged so far have arrived here. The user must be permitted to
     * publish.
     */
    public TestSubscriber catchUp() {
        String marker = "test-marker/" + UUID.randomUUID();
        try {
            connection.subscribe(marker);
        } catch (IOException e) {
            throw new AssertionError("the subscriber may not subscribe", e);
        }
        publish(marker, "", false);
        Await.until("what was sent before has arrived", () -> markers.contains(marker));
        return this;
    }

    /** All messages so far, in order. */
    public synchronized List<Heard> all() {
        return List.copyOf(all);
    }

    /** When each of {@link #all} arrived, as Unix times in milliseconds. */
    public synchronized List<Long> arrivals() {
        return List.copyOf(arrivals);
    }

    /** The messages of a topic so far, in order. */
    public List<Heard> of(String topic) {
        return all().stream().filter(heard -> heard.topic().equals(topic)).toList();
    }

    /** The latest message of a topic; null if there is none. */
    public synchronized @Nullable Heard newest(String topic) {
        return newest.get(topic);
    }

    /** The latest message of each topic. */
    public synchronized Map<String, Heard> newest() {
        return Map.copyOf(newest);
    }

    /** Waits until the latest message of a topic is as expected, within 20 seconds. */
    public Heard await(String topic, Predicate<Heard> expected) {
        return await(topic, expected, BOUND);
    }

    /** Waits until the latest message of a topic is as expected. */
    public Heard await(String topic, Predicate<Heard> expected, Duration bound) {
        Await.until("message on " + topic, bound, () -> {
            Heard heard = newest(topic);
            return heard != null && expected.test(heard);
        });
        Heard heard = newest(topic);
        if (heard == null) {
            throw new AssertionError("no message on " + topic);
        }
        return heard;
    }

    private synchronized void messageArrived(MqttPublish message) {
        String topic = message.getTopicName();
        if (topic.startsWith("test-marker/")) {
            markers.add(topic);
            return;
        }
        byte[] correlation = Objects.requireNonNullElse(message.getProperties().getCorrelationData(), new byte[0]);
        Heard heard = new Heard(
                topic,
                new String(message.getPayload(), StandardCharsets.UTF_8),
                message.getMessage().isRetained(),
                new String(correlation, StandardCharsets.UTF_8));
        all.add(heard);
        arrivals.add(System.currentTimeMillis());
        newest.put(topic, heard);
    }

    @Override
    public void close() {
        connection.close();
    }
}
