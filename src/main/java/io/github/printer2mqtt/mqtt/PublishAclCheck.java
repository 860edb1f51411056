package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.net.mqtt.ReconnectingMqttConnection;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes to our own {@code bridge/state} where acknowledgements prove nothing: an MQTT 3.1.1 broker may acknowledge
 * a message that its ACL rejects (mosquitto 2.0 does), and QoS 0 has no acknowledgements.
 *
 * <p>The subscription is made before the state is published, so that a live message arrives: a retained one is from an
 * earlier connection and proves nothing. Belongs to the context of {@link MqttVerticle}.
 */
final class PublishAclCheck {
    private final Vertx vertx;
    private final Topic topic;
    private final Duration timeout;
    private final Runnable onNoEcho;

    /** Null if no message is awaited. */
    private byte @Nullable [] expected;

    private long timer = -1;

    PublishAclCheck(Vertx vertx, Topic topic, Duration timeout, Runnable onNoEcho) {
        this.vertx = vertx;
        this.topic = topic;
        this.timeout = timeout;
        this.onNoEcho = onNoEcho;
    }

    /** Must be called before the state is published on this connection. */
    Future<Void> subscribe(ReconnectingMqttConnection connection) {
        return connection.subscribe(topic.text(), 1);
    }

    /** Starts to wait for a message that is published now. */
    void expect(ReconnectingMqttConnection connection, byte[] published) {
        cancel();
        expected = published;
        timer = vertx.setTimer(timeout.toMillis(), id -> {
            expected = null;
            connection.unsubscribe(topic.text());
            onNoEcho.run();
        });
    }

    void onMessage(ReconnectingMqttConnection connection, MqttMessage message) {
        if (expected != null
                && !message.retained()
                && message.topic().equals(topic.text())
                && Arrays.equals(message.payload(), expected)) {
            cancel();
            connection.unsubscribe(topic.text());
        }
    }

    void cancel() {
        expected = null;
        vertx.cancelTimer(timer);
    }
}
