package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.json.BrokerStats;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.net.mqtt.BrokerLimits;
import io.github.printer2mqtt.net.mqtt.MqttConnectionListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Counts messages and connections. Written on the context of {@code MqttVerticle}, may be read by every thread. */
public final class MqttMetrics {
    private final Counter published;
    private final Counter refused;
    private final Counter tooLarge;
    private final Counter connects;
    private final Counter failedConnects;
    private final Counter droppedEvents;
    private final Counter droppedResponses;
    private final Counter refusedRequests;
    private final Counter droppedLogLines;
    private volatile boolean connected;
    private volatile @Nullable String protocol;
    private volatile BrokerStats.@Nullable Limits limits;
    private volatile int queued;

    public MqttMetrics(MetricsRegistry metricsRegistry) {
        published = counter(metricsRegistry, "published", "Messages the broker acknowledged.");
        refused = counter(metricsRegistry, "refused", "Messages the broker refused.");
        tooLarge = counter(
                metricsRegistry,
                "too_large",
                "Messages not sent because they exceed the broker's maximum packet size.");
        connects = counter(metricsRegistry, "connects", "Successful connections to the broker.");
        failedConnects = counter(metricsRegistry, "failed_connects", "Attempts to connect to the broker that failed.");
        droppedEvents = counter(metricsRegistry, "dropped_events", "Events dropped because the queue was full.");
        droppedResponses =
                counter(metricsRegistry, "dropped_responses", "Responses dropped because the queue was full.");
        refusedRequests =
                counter(metricsRegistry, "refused_requests", "Requests and commands refused by the rate limit.");
        droppedLogLines =
                counter(metricsRegistry, "dropped_log_lines", "Lines for bridge/log that could not be sent at once.");
        gauge(metricsRegistry, "connected", "Whether the broker is connected, 1 or 0.", () -> connected ? 1 : 0);
        gauge(metricsRegistry, "queued_messages", "Messages waiting for the broker or unacknowledged.", () -> queued);
    }

    private static Counter counter(MetricsRegistry metricsRegistry, String name, String help) {
        return Counter.builder()
                .name("printer2mqtt_mqtt_" + name + "_total")
                .help(help)
                .register(metricsRegistry.prometheus());
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
        connects.inc();
    }

    public void onDisconnected() {
        connected = false;
    }

    public void onConnectFailed() {
        failedConnects.inc();
    }

    public void onPublished() {
        published.inc();
    }

    public void onRefused() {
        refused.inc();
    }

    public void onTooLarge() {
        tooLarge.inc();
    }

    public void onEventDropped() {
        droppedEvents.inc();
    }

    public void onResponseDropped() {
        droppedResponses.inc();
    }

    /** A request or command exceeded the rate limit. */
    public void onRequestRefused() {
        refusedRequests.inc();
    }

    void onLogLineDropped() {
        droppedLogLines.inc();
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
                connects.getLongValue(),
                failedConnects.getLongValue(),
                published.getLongValue(),
                refused.getLongValue(),
                tooLarge.getLongValue(),
                queued,
                droppedEvents.getLongValue() + lostEvents,
                droppedResponses.getLongValue(),
                refusedRequests.getLongValue(),
                lostMessages);
    }
}
