package io.github.printer2mqtt.backup;

import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** When the newest copy of the database was made, and how many failed since the start. Thread-safe. */
final class BackupMetrics {
    private final AtomicReference<@Nullable Instant> newest;
    private final Counter failures;

    private BackupMetrics(AtomicReference<@Nullable Instant> newest, Counter failures) {
        this.newest = newest;
        this.failures = failures;
    }

    static BackupMetrics of(MetricsRegistry metricsRegistry) {
        AtomicReference<@Nullable Instant> newest = new AtomicReference<>();
        GaugeWithCallback.builder()
                .name("printer2mqtt_backup_last_success_timestamp_seconds")
                .help("When the newest backup was made, as a Unix time; none without a backup.")
                .callback(callback -> {
                    Instant made = newest.get();
                    if (made != null) {
                        callback.call((double) made.getEpochSecond());
                    }
                })
                .register(metricsRegistry.prometheus());
        Counter failures = Counter.builder()
                .name("printer2mqtt_backup_failures_total")
                .help("Backups that failed, nightly ones and those on request.")
                .register(metricsRegistry.prometheus());
        return new BackupMetrics(newest, failures);
    }

    void succeeded(Instant at) {
        newest.accumulateAndGet(at, (known, made) -> known == null || made.isAfter(known) ? made : known);
    }

    void failed() {
        failures.inc();
    }
}
