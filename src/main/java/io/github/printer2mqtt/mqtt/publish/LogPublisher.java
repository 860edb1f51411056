package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.net.mqtt.MqttMessage;
import io.github.printer2mqtt.net.mqtt.ReconnectingMqttConnection;
import io.vertx.core.Context;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Sends warnings and errors to {@code bridge/log} as they are logged. A line that the broker cannot take now is dropped and
 * counted: it stands in the log itself. Says nothing itself, or it would hear itself.
 */
public final class LogPublisher {
    /** A program that logs more than it can send has another problem. */
    private static final int MOST_UNDER_WAY = 100;

    private final Context context;
    private final LogFeed feed;
    private final Topic topic;
    private final ReconnectingMqttConnection link;
    private final MqttMetrics meters;
    private final AtomicInteger underWay = new AtomicInteger();

    public LogPublisher(
            Context context, LogFeed feed, Topic topic, ReconnectingMqttConnection link, MqttMetrics meters) {
        this.context = context;
        this.feed = feed;
        this.topic = topic;
        this.link = link;
        this.meters = meters;
    }

    public void begin() {
        feed.follow(this::onLine);
    }

    public void end() {
        feed.end();
    }

    private void onLine(byte[] line) {
        if (underWay.incrementAndGet() > MOST_UNDER_WAY) {
            underWay.decrementAndGet();
            meters.onLogLineDropped();
            return;
        }
        context.runOnContext(v -> link.publish(MqttMessage.nonRetained(topic.text(), line, topic.qos()))
                .onComplete(sent -> {
                    underWay.decrementAndGet();
                    if (sent.failed()) {
                        meters.onLogLineDropped();
                    }
                }));
    }

    /** Where the program's own warnings and errors come from. Safe for every thread. */
    public interface LogFeed {
        /**
         * Hands over every line from now on, encoded for {@code bridge/log}.
         *
         * @param lines called on the thread that logs; returns at once
         */
        void follow(Consumer<byte[]> lines);

        /** Ends it. */
        void end();

        /** Where nothing is logged. */
        static LogFeed none() {
            return new LogFeed() {
                @Override
                public void follow(Consumer<byte[]> lines) {
                    // There are none.
                }

                @Override
                public void end() {
                    // It never began.
                }
            };
        }
    }
}
