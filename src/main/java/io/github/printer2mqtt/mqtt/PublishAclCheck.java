package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.net.mqtt.MqttMessage;
import io.github.printer2mqtt.net.mqtt.ReconnectingMqttConnection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;

/**
 * Reads our own bridge state back where no acknowledgement says that the broker took it: on MQTT 3.1.1 a broker whose
 * access rules refuse a message acknowledges it all the same (mosquitto 2.0 does), and QoS 0 has no acknowledgement.
 *
 * <p>The subscription is there before the state is published, so that it comes back as a live message: a retained one is
 * of an earlier connection and proves nothing. Belongs to the context of {@link MqttVerticle}.
 */
final class PublishAclCheck {
    private final Vertx vertx;
    private final Topic topic;
    private final Duration patience;
    private final Runnable onNoEcho;
    private byte[] expected = {};
    private boolean waiting;
    private long timer = -1;

    PublishAclCheck(Vertx vertx, Topic topic, Duration patience, Runnable onNoEcho) {
        this.vertx = vertx;
        this.topic = topic;
        this.patience = patience;
        this.onNoEcho = onNoEcho;
    }

    /** Listens to the topic, before anything is published there on this connection. */
    Future<Void> subscribe(ReconnectingMqttConnection link) {
        return link.subscribe(topic.text(), 1);
    }

    /** Begins to wait for what is published now. */
    void expect(ReconnectingMqttConnection link, byte[] published) {
        end();
        expected = published;
        waiting = true;
        timer = vertx.setTimer(patience.toMillis(), id -> {
            waiting = false;
            link.unsubscribe(topic.text());
            onNoEcho.run();
        });
    }

    /** Takes a message, which may be the one that is waited for. */
    void onMessage(ReconnectingMqttConnection link, MqttMessage message) {
        if (waiting
                && !message.retained()
                && message.topic().equals(topic.text())
                && Arrays.equals(message.payload(), expected)) {
            end();
            link.unsubscribe(topic.text());
        }
    }

    /** Stops waiting. */
    void end() {
        waiting = false;
        vertx.cancelTimer(timer);
    }
}
