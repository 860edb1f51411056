package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.json.BrokerStats;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.net.mqtt.MqttConnectionListener;
import io.github.printer2mqtt.net.mqtt.client.BrokerLimits;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Counts messages and connections. Written on the context of {@code MqttVerticle}, may be read by every thread. */
public final class MqttMetrics {
    /** What is counted. */
    public enum Event {
        PUBLISHED("published", "Messages the broker acknowledged."),
        REFUSED("refused", "Messages the broker refused."),
        TOO_LARGE("too_large", "Messages not sent because they exceed the broker's maximum packet size."),
        CONNECTED("connects", "Successful connections to the broker."),
        CONNECT_FAILED("failed_connects", "Attempts to connect to the broker that failed."),
        EVENT_DROPPED("dropped_events", "Events dropped because the queue was full."),
        RESPONSE_DROPPED("dropped_responses", "Responses dropped because the queue was full."),
        REQUEST_REFUSED("refused_requests", "Requests and commands refused by the rate limit."),
        LOG_LINE_DROPPED("dropped_log_lines", "Lines for bridge/log that could not be sent at once."),
        RAW_MESSAGE_DROPPED(
                "dropped_raw_messages",
                "Messages of printers not passed on because they were too large, too many or could not be sent at once.");

        private final String metric;
        private final String help;

        Event(String metric, String help) {
            this.metric = metric;
            this.help = help;
        }
    }

    private final Map<Event, Counter> counters = new EnumMap<>(Event.class);
    private volatile boolean connected;
    private volatile @Nullable String protocol;
    private volatile BrokerStats.@Nullable Limits limits;
    private volatile int queued;

    public MqttMetrics(MetricsRegistry metricsRegistry) {
        for (Event event : Event.values()) {
            counters.put(
                    event,
                    Counter.builder()
                            .name("printer2mqtt_mqtt_" + event.metric + "_total")
                            .help(event.help)
                            .register(metricsRegistry.prometheus()));
        }
        gauge(metricsRegistry, "connected", "Whether the broker is connected, 1 or 0.", () -> connected ? 1 : 0);
        gauge(metricsRegistry, "queued_messages", "Messages waiting for the broker or unacknowledged.", () -> queued);
    }

    private static void gauge(MetricsRegistry metricsRegistry, String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name("printer2mqtt_mqtt_" + name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(metricsRegistry.prometheus());
    }

    public void onConnected(MqttConnectionListener.Session session) {
        connected = true;
        protocol = session.protocol().wireName();
        BrokerLimits agreed = session.limits();
        limits = new BrokerStats.Limits(
                agreed.receiveMaximum(),
                agreed.maximumPacketSize(),
                agreed.maximumQos(),
                agreed.retainAvailable(),
                agreed.keepAlive().toSeconds());
        count(Event.CONNECTED);
    }

    public void onDisconnected() {
        connected = false;
    }

    /** Safe for every thread. */
    public void count(Event event) {
        counter(event).inc();
    }

    private long total(Event event) {
        return counter(event).getLongValue();
    }

    private Counter counter(Event event) {
        return Objects.requireNonNull(counters.get(event));
    }

    public void onQueued(int messages) {
        queued = messages;
    }

    /**
     * The current values.
     *
     * @param lostEvents events dropped before they reached the outbox
     * @param lostMessages messages from the broker that were dropped
     */
    public BrokerStats stats(long lostEvents, long lostMessages) {
        return new BrokerStats(
                connected,
                protocol,
                limits,
                total(Event.CONNECTED),
                total(Event.CONNECT_FAILED),
                total(Event.PUBLISHED),
                total(Event.REFUSED),
                total(Event.TOO_LARGE),
                queued,
                total(Event.EVENT_DROPPED) + lostEvents,
                total(Event.RESPONSE_DROPPED),
                total(Event.REQUEST_REFUSED),
                lostMessages);
    }
}
