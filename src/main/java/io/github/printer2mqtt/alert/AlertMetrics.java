package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.EnumMap;
import java.util.Map;

/** The open alerts in numbers, read at each scrape. Thread-safe. */
public final class AlertMetrics {
    private AlertMetrics() {}

    public static void register(MetricsRegistry metricsRegistry, AlertService alerts) {
        GaugeWithCallback.builder()
                .name("printer2mqtt_alerts")
                .help("Open alerts by code.")
                .labelNames("code", "severity")
                .callback(callback -> count(alerts, callback))
                .register(metricsRegistry.prometheus());
        GaugeWithCallback.builder()
                .name(MetricsRegistry.OF_PRINTERS + "alert")
                .help("The open alerts of a printer: 1 for each, no series for the others.")
                .labelNames("printer", "code", "severity")
                .callback(callback -> alerts.open()
                        .forEach(alert -> callback.call(
                                1,
                                alert.printer().toString(),
                                alert.code().wireName(),
                                alert.severity().wireName())))
                .register(metricsRegistry.prometheus());
    }

    private static void count(AlertService alerts, GaugeWithCallback.Callback callback) {
        Map<AlertCode, Integer> counts = new EnumMap<>(AlertCode.class);
        for (AlertCode code : AlertCode.values()) {
            counts.put(code, 0);
        }
        for (Alert alert : alerts.open()) {
            counts.merge(alert.code(), 1, Integer::sum);
        }
        counts.forEach((code, count) ->
                callback.call(count, code.wireName(), code.severity().wireName()));
    }
}
