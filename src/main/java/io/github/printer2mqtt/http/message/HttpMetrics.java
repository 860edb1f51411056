package io.github.printer2mqtt.http.message;

import io.github.printer2mqtt.text.WireConstant;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;

/** The metrics of the API. Labels are route templates, not paths, so that clients cannot create series. */
public final class HttpMetrics {
    private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    /** Why the bridge closed a connection. */
    public enum Cause implements WireConstant {
        /** The client exceeded a time limit. */
        SLOW,
        /** Too many connections were open, in total or from its address. */
        FULL,
        /** Its unfinished head was the largest when the memory for requests was exhausted. */
        MEMORY
    }

    /** Why a client of the stream is sent a snapshot. */
    public enum SnapshotCause implements WireConstant {
        /** It has just connected and does not resume. */
        NEW,
        /** It wants to resume from a position that is not known any more. */
        RESUME,
        /** It did not read for so long that messages for it were dropped. */
        SLOW
    }

    private final Counter requests;
    private final Histogram durations;
    private final Gauge connections;
    private final Counter closed;
    private final Counter listBuilds;
    private final Gauge streams;
    private final Counter streamSnapshots;

    public HttpMetrics(PrometheusRegistry registry) {
        requests = Counter.builder()
                .name("printer2mqtt_http_requests_total")
                .help("Completed requests by route, method and status class.")
                .labelNames("route", "method", "status")
                .register(registry);
        durations = Histogram.builder()
                .name("printer2mqtt_http_request_duration_seconds")
                .help("Time from the request headers to the last byte of the response.")
                .classicOnly()
                .classicUpperBounds(0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10)
                .labelNames("route")
                .register(registry);
        connections = Gauge.builder()
                .name("printer2mqtt_http_connections")
                .help("Open client connections.")
                .register(registry);
        closed = Counter.builder()
                .name("printer2mqtt_http_connections_closed_total")
                .help(
                        "Connections closed by the bridge because the client was slow, too many were open, or unfinished requests used too much memory.")
                .labelNames("cause")
                .register(registry);
        listBuilds = Counter.builder()
                .name("printer2mqtt_http_list_builds_total")
                .help("Number of times the list of all printers was built, by encoding.")
                .labelNames("encoding")
                .register(registry);
        streams = Gauge.builder()
                .name("printer2mqtt_http_streams")
                .help("Open event streams.")
                .register(registry);
        streamSnapshots = Counter.builder()
                .name("printer2mqtt_http_stream_snapshots_total")
                .help("Snapshots sent to clients of the event stream, by cause.")
                .labelNames("cause")
                .register(registry);
        initialize();
    }

    /** A counter that only appears with its first event hides that event from the functions of Prometheus. */
    private void initialize() {
        for (Cause cause : Cause.values()) {
            closed.initLabelValues(cause.wireName());
        }
        for (ContentEncoding encoding : ContentEncoding.values()) {
            listBuilds.initLabelValues(encoding.wireName());
        }
        for (SnapshotCause cause : SnapshotCause.values()) {
            streamSnapshots.initLabelValues(cause.wireName());
        }
    }

    public void requestCompleted(String route, String method, int status, long nanos) {
        requests.labelValues(route, method, statusClass(status)).inc();
        durations.labelValues(route).observe(nanos / NANOS_PER_SECOND);
    }

    /** Counts a request that was rejected before it reached a route. */
    public void requestRejected(int status) {
        requests.labelValues("none", "any", statusClass(status)).inc();
    }

    public void setConnections(int open) {
        connections.set(open);
    }

    public void connectionClosed(Cause cause) {
        closed.labelValues(cause.wireName()).inc();
    }

    public void listBuilt(ContentEncoding encoding) {
        listBuilds.labelValues(encoding.wireName()).inc();
    }

    public void setStreams(int open) {
        streams.set(open);
    }

    public void streamSnapshot(SnapshotCause cause) {
        streamSnapshots.labelValues(cause.wireName()).inc();
    }

    private static String statusClass(int status) {
        return status / 100 + "xx";
    }
}
