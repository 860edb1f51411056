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

    private final Counter requests;
    private final Histogram durations;
    private final Gauge connections;
    private final Counter closed;
    private final Counter listBuilds;

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

    private static String statusClass(int status) {
        return status / 100 + "xx";
    }
}
