package io.github.printer2mqtt.metrics;

import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * What every Java program reports under the same names ({@code process_*}, {@code jvm_*}), so that common dashboards work, and
 * the build of this one. Read at each scrape only.
 */
public final class RuntimeMetrics {
    private RuntimeMetrics() {}

    /** @param version of the bridge */
    public static void register(MetricsRegistry metricsRegistry, String version) {
        PrometheusRegistry registry = metricsRegistry.prometheus();
        Info build = Info.builder()
                .name("printer2mqtt_build_info")
                .help("The build of the bridge and the Java that runs it; always 1.")
                .labelNames("version", "java")
                .register(registry);
        build.setLabelValues(version, System.getProperty("java.version", "unknown"));
        ProcessMetrics.builder().register(registry);
        JvmMemoryMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
    }
}
