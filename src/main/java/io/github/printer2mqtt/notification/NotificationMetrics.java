package io.github.printer2mqtt.notification;

import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.Locale;

/** Counts notifications by receiver and result. Thread-safe. */
final class NotificationMetrics {
    private final Counter notifications;

    enum Result {
        DELIVERED,
        /** An attempt failed and is repeated. */
        RETRIED,
        /** The receiver refused it. */
        REJECTED,
        /** It was too old, or too many waited. */
        DROPPED
    }

    NotificationMetrics(MetricsRegistry metricsRegistry) {
        notifications = Counter.builder()
                .name("printer2mqtt_notifications_total")
                .help("Notifications by receiver and result")
                .labelNames("receiver", "result")
                .register(metricsRegistry.prometheus());
    }

    void count(String receiver, Result result) {
        notifications
                .labelValues(receiver, result.name().toLowerCase(Locale.ROOT))
                .inc();
    }
}
