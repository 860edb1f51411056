package io.github.printer2mqtt.mqtt.homeassistant;

import io.github.printer2mqtt.mqtt.publish.MqttTimings;
import io.github.printer2mqtt.net.mqtt.MqttMessage;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Waits for Home Assistant's birth message and answers it a random moment later, once however often it comes. One that is
 * marked as retained counts too, since some brokers mark a live one so; only until everything was published on this
 * connection it is taken for a birth of earlier. Belongs to the context of {@code MqttVerticle}.
 */
final class BirthMessageHandler {
    private static final String ONLINE = "online";

    private final Vertx vertx;
    private final String topic;
    private final MqttTimings times;
    private final RandomGenerator random;
    private final Runnable answer;
    private long timer = -1;
    private boolean published;
    private long notBefore = System.nanoTime();

    BirthMessageHandler(Vertx vertx, String topic, MqttTimings times, RandomGenerator random, Runnable answer) {
        this.vertx = vertx;
        this.topic = topic;
        this.times = times;
        this.random = random;
        this.answer = answer;
    }

    /** Where births are told. */
    String topic() {
        return topic;
    }

    /** Takes a message, which may be a birth. */
    void onMessage(MqttMessage message) {
        if (timer == -1
                && (published || !message.retained())
                && message.topic().equals(topic)
                && ONLINE.equals(new String(message.payload(), StandardCharsets.UTF_8))) {
            timer = vertx.setTimer(delayMillis(), id -> answer());
        }
    }

    /** Everything was published on this connection: a birth from now on is one of now. */
    void onPublished() {
        published = true;
    }

    /** Forgets a birth that is not answered yet: the connection is gone, or the bridge stops. */
    void end() {
        vertx.cancelTimer(timer);
        timer = -1;
        published = false;
    }

    private void answer() {
        timer = -1;
        notBefore = System.nanoTime() + times.birthPause().toNanos();
        answer.run();
    }

    private long delayMillis() {
        long some = random.nextLong(
                times.birthAtLeast().toMillis(), times.birthAtMost().toMillis() + 1);
        return Math.max(1, Math.max(some, TimeUnit.NANOSECONDS.toMillis(notBefore - System.nanoTime())));
    }
}
