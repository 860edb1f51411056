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
                .help("Notifications by receiver and result.")
                .labelNames("receiver", "result")
                .register(metricsRegistry.prometheus());
    }

    /** Shows a receiver before its first notification. */
    void add(String receiver) {
        for (Result result : Result.values()) {
            notifications.initLabelValues(receiver, wireName(result));
        }
    }

    void count(String receiver, Result result) {
        notifications.labelValues(receiver, wireName(result)).inc();
    }

    private static String wireName(Result result) {
        return result.name().toLowerCase(Locale.ROOT);
    }
}
