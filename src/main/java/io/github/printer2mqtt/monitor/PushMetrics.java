package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.net.ReceivedMessages;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import java.util.function.ToDoubleFunction;

/** Counts what printers push. Thread-safe. */
final class PushMetrics {
    private final CounterDataPoint readings;
    private final CounterDataPoint connects;
    private final CounterDataPoint losses;
    private final CounterDataPoint fallbacks;
    private volatile ReceivedMessages received = new ReceivedMessages();

    PushMetrics(MetricsRegistry metricsRegistry) {
        callback(
                metricsRegistry,
                "printer2mqtt_push_messages_total",
                "Messages that printers sent over web sockets.",
                counted -> (double) counted.messages());
        callback(
                metricsRegistry,
                "printer2mqtt_push_bytes_total",
                "Bytes that printers sent over web sockets.",
                counted -> (double) counted.bytes());
        readings = counter(
                metricsRegistry,
                "printer2mqtt_push_readings_total",
                "Readings made of what printers pushed; many messages make one.");
        connects = counter(
                metricsRegistry,
                "printer2mqtt_push_connects_total",
                "Connections over which a printer began to report its changes.");
        losses = counter(
                metricsRegistry, "printer2mqtt_push_losses_total", "Connections of these that were lost afterwards.");
        fallbacks = counter(
                metricsRegistry,
                "printer2mqtt_push_fallbacks_total",
                "How often a printer began to be polled because its push does not work.");
    }

    private void callback(
            MetricsRegistry metricsRegistry, String name, String help, ToDoubleFunction<ReceivedMessages> value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.applyAsDouble(received)))
                .register(metricsRegistry.prometheus());
    }

    private static CounterDataPoint counter(MetricsRegistry metricsRegistry, String name, String help) {
        return Counter.builder()
                .name(name)
                .help(help)
                .register(metricsRegistry.prometheus())
                .labelValues();
    }

    /** What is counted by the network. */
    void observe(ReceivedMessages counted) {
        received = counted;
    }

    /** A pushed reading was recorded. */
    void onReading() {
        readings.inc();
    }

    /** A printer began to push. */
    void onConnect() {
        connects.inc();
    }

    /** A printer that pushed was disconnected. */
    void onLoss() {
        losses.inc();
    }

    /** A printer that could push is polled from now on. */
    void onFallback() {
        fallbacks.inc();
    }
}
