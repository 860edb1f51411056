package io.github.printer2mqtt.http.message;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Locale;

/** The metrics of the API. Labels are route templates, never paths, so that no client can make new series. */
public final class HttpMetrics {
    private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    /** Why a connection was closed by us. */
    public enum Cause {
        /** It kept us waiting. */
        SLOW,
        /** Too many connections are open, of all clients or of its address. */
        FULL,
        /** Its unfinished head was the largest when the memory for requests was used up. */
        MEMORY
    }

    private final Counter requests;
    private final Histogram durations;
    private final Gauge connections;
    private final Counter closed;
    private final Counter listBuilds;

    public HttpMetrics(PrometheusRegistry registry) {
        requests = Counter.builder()
                .name("printer2mqtt_http_requests_total")
                .help("Answered requests by route, method and class of status.")
                .labelNames("route", "method", "status")
                .register(registry);
        durations = Histogram.builder()
                .name("printer2mqtt_http_request_duration_seconds")
                .help("From the headers of a request to the last byte of its answer.")
                .classicOnly()
                .classicUpperBounds(0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10)
                .labelNames("route")
                .register(registry);
        connections = Gauge.builder()
                .name("printer2mqtt_http_connections")
                .help("Open connections of clients.")
                .register(registry);
        closed = Counter.builder()
                .name("printer2mqtt_http_connections_closed_total")
                .help(
                        "Connections closed by us: the client was slow, too many were open, or its unfinished request took too much memory.")
                .labelNames("cause")
                .register(registry);
        listBuilds = Counter.builder()
                .name("printer2mqtt_http_list_builds_total")
                .help("How often the list of all printers was made, by encoding.")
                .labelNames("encoding")
                .register(registry);
    }

    public void requestCompleted(String route, String method, int status, long nanos) {
        requests.labelValues(route, method, statusClass(status)).inc();
        durations.labelValues(route).observe(nanos / NANOS_PER_SECOND);
    }

    /** A request that never reached a route. */
    public void requestRejected(int status) {
        requests.labelValues("none", "any", statusClass(status)).inc();
    }

    public void setConnections(int open) {
        connections.set(open);
    }

    public void connectionClosed(Cause cause) {
        closed.labelValues(cause.name().toLowerCase(Locale.ROOT)).inc();
    }

    public void listBuilt(ContentEncoding encoding) {
        listBuilds.labelValues(encoding.wireName()).inc();
    }

    private static String statusClass(int status) {
        return status / 100 + "xx";
    }
}
