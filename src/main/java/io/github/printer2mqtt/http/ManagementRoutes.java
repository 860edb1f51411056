package io.github.printer2mqtt.http;

import static io.vertx.core.http.HttpMethod.GET;

import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.security.RequestAuthenticator.Known;
import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.metrics.Health.Level;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.access.Right;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Metrics and health checks. */
record ManagementRoutes(Vertx vertx, MetricsRegistry metricsRegistry, BooleanSupplier registryLoaded) {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final byte[] ALIVE = "{\"status\":\"up\"}".getBytes(StandardCharsets.UTF_8);

    void mount(RouteTable routes) {
        routes.add(
                Right.READ,
                GET,
                "/metrics",
                request -> vertx.executeBlocking(metricsRegistry::prometheusText, false)
                        .map(text -> ApiResponse.of(200, PROMETHEUS, text).withHeader("Cache-Control", "no-store")));
        routes.open(GET, "/health/live", request -> Future.succeededFuture(ApiResponse.json(200, ALIVE)));
        routes.open(GET, "/health/ready", request -> Future.succeededFuture(ready(request)));
    }

    /**
     * 503 while a part is down; a degraded part only shows in the body. Details name brokers, users and files, so they need
     * the right to read.
     */
    private ApiResponse ready(RoutingContext request) {
        boolean showsDetails = RouteTable.sender(request) instanceof Known known
                && known.principal().has(Right.READ);
        Map<String, Health> parts = new TreeMap<>(metricsRegistry.health());
        if (!registryLoaded.getAsBoolean()) {
            parts.put("registry", Health.down("registered printers are still being loaded"));
        }
        Level worst = parts.values().stream().map(Health::level).reduce(Level.UP, ManagementRoutes::worse);
        JsonObject ofParts = new JsonObject();
        parts.forEach((name, part) -> ofParts.put(
                name,
                new JsonObject()
                        .put("status", part.level().wireName())
                        .put("detail", showsDetails ? part.detail() : null)));
        JsonObject document = new JsonObject().put("status", worst.wireName()).put("parts", ofParts);
        return ApiResponse.json(worst == Level.DOWN ? 503 : 200, document);
    }

    private static Level worse(Level one, Level other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
