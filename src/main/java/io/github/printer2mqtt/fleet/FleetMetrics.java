package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The fleet in numbers, counted from its snapshot at each scrape. A single printer has two series, by its id: docs/decisions,
 * number 137. Thread-safe.
 */
public final class FleetMetrics {
    private final FleetView fleet;
    private final InstantSource clock;

    private FleetMetrics(FleetView fleet, InstantSource clock) {
        this.fleet = fleet;
        this.clock = clock;
    }

    /** @param clock the wall clock, for the age of readings */
    public static void register(MetricsRegistry metricsRegistry, FleetView fleet, InstantSource clock) {
        FleetMetrics metrics = new FleetMetrics(fleet, clock);
        PrometheusRegistry registry = metricsRegistry.prometheus();
        GaugeWithCallback.builder()
                .name("printer2mqtt_printers")
                .help("Registered printers by state.")
                .labelNames("state")
                .callback(metrics::countStates)
                .register(registry);
        GaugeWithCallback.builder()
                .name("printer2mqtt_printers_offline")
                .help("Printers that are offline, by the reason.")
                .labelNames("reason")
                .callback(metrics::countReasons)
                .register(registry);
        GaugeWithCallback.builder()
                .name("printer2mqtt_reading_age_max_seconds")
                .help("Age of the oldest status of a printer that is online; none without such a printer.")
                .callback(metrics::oldest)
                .register(registry);
        GaugeWithCallback.builder()
                .name(MetricsRegistry.OF_PRINTERS + "online")
                .help(
                        "Whether a printer answers, 1 or 0. Not for printers that are disabled, in maintenance or not asked yet.")
                .labelNames("printer")
                .callback(metrics::online)
                .register(registry);
        GaugeWithCallback.builder()
                .name(MetricsRegistry.OF_PRINTERS + "state")
                .help("The state of a printer: 1 for the present one, no series for the others.")
                .labelNames("printer", "state")
                .callback(metrics::states)
                .register(registry);
    }

    private void countStates(GaugeWithCallback.Callback callback) {
        FleetCounts.of(fleet.snapshot())
                .fleet()
                .byState()
                .forEach((state, count) -> callback.call(count, state.wireName()));
    }

    private void countReasons(GaugeWithCallback.Callback callback) {
        Map<FailureReason, Integer> counts = new EnumMap<>(FailureReason.class);
        for (FailureReason reason : FailureReason.ofOwnPrinters()) {
            counts.put(reason, 0);
        }
        statuses().filter(status -> status.state() == PrinterState.OFFLINE).forEach(status -> {
            FailureReason reason = status.poll().reason();
            if (reason != null) {
                counts.merge(reason, 1, Integer::sum);
            }
        });
        counts.forEach((reason, count) -> callback.call(count, reason.wireName()));
    }

    private void oldest(GaugeWithCallback.Callback callback) {
        Instant now = clock.instant();
        statuses()
                .filter(Status::online)
                .flatMap(status -> Stream.ofNullable(status.poll().observedAt()))
                .min(Instant::compareTo)
                // The clock may have been set back since.
                .ifPresent(oldest ->
                        callback.call(Math.max(0, Duration.between(oldest, now).toMillis() / 1000.0)));
    }

    private void online(GaugeWithCallback.Callback callback) {
        statuses()
                .filter(status -> status.maintenance() == null
                        && status.state() != PrinterState.UNKNOWN
                        && status.poll().reason() != FailureReason.DISABLED)
                .forEach(status ->
                        callback.call(status.online() ? 1 : 0, status.id().toString()));
    }

    private void states(GaugeWithCallback.Callback callback) {
        statuses()
                .forEach(status ->
                        callback.call(1, status.id().toString(), status.state().wireName()));
    }

    private Stream<Status> statuses() {
        return fleet.snapshot().documents().stream().map(StatusDocument::status);
    }
}
