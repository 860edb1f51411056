package io.github.printer2mqtt.mqtt.homeassistant;

import io.github.printer2mqtt.mqtt.publish.MqttTimings;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Responds to Home Assistant's birth messages after a random delay, once for any number of them. Retained ones count as
 * well, since some brokers flag live messages so; except before everything is published on a connection, when they are
 * old. Belongs to the context of {@code MqttVerticle}.
 */
final class BirthMessageHandler {
    private static final String ONLINE = "online";

    private final Vertx vertx;
    private final String topic;
    private final MqttTimings timings;
    private final RandomGenerator random;
    private final Runnable answer;
    private long timer = -1;
    private boolean published;
    private long notBefore = System.nanoTime();

    BirthMessageHandler(Vertx vertx, String topic, MqttTimings timings, RandomGenerator random, Runnable answer) {
        this.vertx = vertx;
        this.topic = topic;
        this.timings = timings;
        this.random = random;
        this.answer = answer;
    }

    String topic() {
        return topic;
    }

    void onMessage(MqttMessage message) {
        if (timer == -1
                && (published || !message.retained())
                && message.topic().equals(topic)
                && ONLINE.equals(new String(message.payload(), StandardCharsets.UTF_8))) {
            timer = vertx.setTimer(delayMillis(), id -> answer());
        }
    }

    /** Everything is published on this connection: later birth messages are new. */
    void onPublished() {
        published = true;
    }

    /** Forgets a birth message that is not handled yet, because the connection is lost or the bridge stops. */
    void reset() {
        vertx.cancelTimer(timer);
        timer = -1;
        published = false;
    }

    private void answer() {
        timer = -1;
        notBefore = System.nanoTime() + timings.birthPause().toNanos();
        answer.run();
    }

    private long delayMillis() {
        long delay = random.nextLong(
                timings.birthAtLeast().toMillis(), timings.birthAtMost().toMillis() + 1);
        return Math.max(1, Math.max(delay, TimeUnit.NANOSECONDS.toMillis(notBefore - System.nanoTime())));
    }
}
