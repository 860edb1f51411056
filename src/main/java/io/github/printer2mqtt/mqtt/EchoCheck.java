package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.net.MqttLink;
import io.github.printer2mqtt.net.MqttMessage;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;

/**
 * Reads our own bridge state back on MQTT 3.1.1, where a broker whose access rules refuse a message acknowledges it all
 * the same (mosquitto 2.0 does). Belongs to the context of {@link MqttVerticle}.
 */
final class EchoCheck {
    private final Vertx vertx;
    private final Topic topic;
    private final Duration patience;
    private final Runnable onNoEcho;
    private byte[] expected = {};
    private boolean waiting;
    private long timer = -1;

    EchoCheck(Vertx vertx, Topic topic, Duration patience, Runnable onNoEcho) {
        this.vertx = vertx;
        this.topic = topic;
        this.patience = patience;
        this.onNoEcho = onNoEcho;
    }

    /** Begins to look for what was just published. */
    void begin(MqttLink link, byte[] published) {
        end();
        expected = published;
        waiting = true;
        timer = vertx.setTimer(patience.toMillis(), id -> {
            waiting = false;
            link.unsubscribe(topic.text());
            onNoEcho.run();
        });
        link.subscribe(topic.text(), 1);
    }

    /** Takes a message, which may be the one that is looked for. */
    void onMessage(MqttLink link, MqttMessage message) {
        if (waiting && message.topic().equals(topic.text()) && Arrays.equals(message.payload(), expected)) {
            end();
            link.unsubscribe(topic.text());
        }
    }

    /** Stops looking. */
    void end() {
        waiting = false;
        vertx.cancelTimer(timer);
    }
}
