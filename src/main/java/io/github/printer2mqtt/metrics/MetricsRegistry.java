package io.github.printer2mqtt.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Metrics and health checks of the components of one bridge, so that two bridges in one process do not share counters.
 * Thread-safe.
 */
public final class MetricsRegistry {
    /** How the names of metrics begin that have series of single printers. */
    public static final String OF_PRINTERS = "printer2mqtt_printer_";

    /** Which metrics are written. */
    public enum Detail {
        ALL,
        /** Without series of single printers. */
        TOTALS
    }

    private final PrometheusRegistry prometheus = new PrometheusRegistry();
    private final Map<String, Supplier<Health>> health = new ConcurrentHashMap<>();

    public MetricsRegistry() {
        GaugeWithCallback.builder()
                .name("printer2mqtt_component_up")
                .help("Whether a component works, 1 or 0; health/ready says what is wrong.")
                .labelNames("component")
                .callback(callback -> health().forEach(
                                (component, now) -> callback.call(now.level() == Health.Level.UP ? 1 : 0, component)))
                .register(prometheus);
    }

    /** Metric names begin with {@code printer2mqtt_}, counters end in {@code _total}. */
    public PrometheusRegistry prometheus() {
        return prometheus;
    }

    /** Adds the health check of a component, called for each request; it must not block. */
    public void addHealthCheck(String component, Supplier<Health> check) {
        health.put(component, check);
    }

    /** The current health of every component, by name. */
    public Map<String, Health> health() {
        Map<String, Health> now = new TreeMap<>();
        health.forEach((component, check) -> now.put(component, check.get()));
        return now;
    }

    /** All metrics in the Prometheus text format 0.0.4. */
    public byte[] prometheusText() {
        return prometheusText(Detail.ALL);
    }

    /** Metrics in the Prometheus text format 0.0.4. */
    public byte[] prometheusText(Detail detail) {
        MetricSnapshots snapshots = detail == Detail.ALL
                ? prometheus.scrape()
                : prometheus.scrape((String name) -> !name.startsWith(OF_PRINTERS));
        ByteArrayOutputStream text = new ByteArrayOutputStream(8192);
        try {
            PrometheusTextFormatWriter.create().write(text, snapshots);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.toByteArray();
    }
}
