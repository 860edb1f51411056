package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.net.mqtt.ReconnectingMqttConnection;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import io.vertx.core.Context;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Publishes warnings and errors to {@code bridge/log}; lines that cannot be sent at once are dropped and counted. Must
 * not log anything itself, which would be published again.
 */
public final class LogPublisher implements UnretainedPublisher {
    private static final int MAX_IN_FLIGHT = 100;

    private final Context context;
    private final LogFeed feed;
    private final Topic topic;
    private final ReconnectingMqttConnection connection;
    private final MqttMetrics metrics;
    private Runnable stopFeed = () -> {};
    private final Semaphore permits = new Semaphore(MAX_IN_FLIGHT);

    public LogPublisher(
            Context context, LogFeed feed, Topic topic, ReconnectingMqttConnection connection, MqttMetrics metrics) {
        this.context = context;
        this.feed = feed;
        this.topic = topic;
        this.connection = connection;
        this.metrics = metrics;
    }

    @Override
    public void start() {
        stopFeed = feed.follow(this::onLine);
    }

    @Override
    public void stop() {
        stopFeed.run();
    }

    private void onLine(byte[] line) {
        if (!permits.tryAcquire()) {
            metrics.count(MqttMetrics.Event.LOG_LINE_DROPPED);
            return;
        }
        context.runOnContext(v -> connection
                .publish(MqttMessage.nonRetained(topic.text(), line, topic.qos()))
                .onComplete(sent -> {
                    permits.release();
                    if (sent.failed()) {
                        metrics.count(MqttMetrics.Event.LOG_LINE_DROPPED);
                    }
                }));
    }

    /** Source of the bridge's own warnings and errors. Safe for every thread. */
    public interface LogFeed {
        /**
         * Passes on every line from now on, encoded for {@code bridge/log}.
         *
         * @param lines called on the logging thread; must return at once
         * @return ends it
         */
        Runnable follow(Consumer<byte[]> lines);
    }
}
