package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.json.BrokerStats;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.net.mqtt.BrokerLimits;
import io.github.printer2mqtt.net.mqtt.MqttConnectionListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Counts what goes to the broker. Written on the context of {@code MqttVerticle}, read by every thread. */
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
        tooLarge = counter(metricsRegistry, "too_large", "Messages not sent: larger than the broker takes.");
        connects = counter(metricsRegistry, "connects", "Connections to the broker that came up.");
        failedConnects = counter(metricsRegistry, "failed_connects", "Attempts to connect to the broker that failed.");
        droppedEvents = counter(metricsRegistry, "dropped_events", "Events lost because the broker was away too long.");
        droppedResponses = counter(metricsRegistry, "dropped_responses", "Responses lost because too many waited.");
        refusedRequests = counter(
                metricsRegistry,
                "refused_requests",
                "Requests and commands refused because too many came in a second.");
        droppedLogLines = counter(
                metricsRegistry, "dropped_log_lines", "Lines for bridge/log the broker could not take at once.");
        gauge(metricsRegistry, "connected", "Whether the broker is connected, 1 or 0.", () -> connected ? 1 : 0);
        gauge(metricsRegistry, "queued_messages", "Messages waiting for the broker or unacknowledged.", () -> queued);
    }

    private static Counter counter(MetricsRegistry metricsRegistry, String name, String help) {
        return Counter.builder()
                .name("printer2mqtt_mqtt_" + name + "_total")
                .help(help)
                .register(metricsRegistry.meters());
    }

    private static void gauge(MetricsRegistry metricsRegistry, String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name("printer2mqtt_mqtt_" + name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(metricsRegistry.meters());
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

    /** A request or command came too fast after others. */
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
     * The figures now.
     *
     * @param lostEvents events lost before they reached the queue to the broker
     * @param lostMessages messages from the broker that were dropped
     */
    public BrokerStats figures(long lostEvents, long lostMessages) {
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
