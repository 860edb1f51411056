package io.github.printer2mqtt.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
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
    private final PrometheusRegistry prometheus = new PrometheusRegistry();
    private final Map<String, Supplier<Health>> health = new ConcurrentHashMap<>();

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
        ByteArrayOutputStream text = new ByteArrayOutputStream(8192);
        try {
            PrometheusTextFormatWriter.create().write(text, prometheus.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.toByteArray();
    }
}
