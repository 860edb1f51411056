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
 * Where every room registers its meters and says how it is; one a bridge, so that two bridges in one process do not
 * share counters. Safe for every thread.
 */
public final class MetricsRegistry {
    private final PrometheusRegistry meters = new PrometheusRegistry();
    private final Map<String, Supplier<Health>> health = new ConcurrentHashMap<>();

    /** Where meters are registered: names begin with {@code printer2mqtt_}, counters end in {@code _total}. */
    public PrometheusRegistry meters() {
        return meters;
    }

    /** Adds a part that is asked for its health each time somebody looks; the supplier must not block. */
    public void watch(String part, Supplier<Health> check) {
        health.put(part, check);
    }

    /** The health of every part now, by name. */
    public Map<String, Health> health() {
        Map<String, Health> now = new TreeMap<>();
        health.forEach((part, check) -> now.put(part, check.get()));
        return now;
    }

    /** All meters in the Prometheus text format 0.0.4. */
    public byte[] prometheusText() {
        ByteArrayOutputStream text = new ByteArrayOutputStream(8192);
        try {
            PrometheusTextFormatWriter.create().write(text, meters.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.toByteArray();
    }
}
