package io.github.printer2mqtt.http;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.http.backup.BackupHandlers;
import io.github.printer2mqtt.http.list.ListQuery;
import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.security.RequestAuthenticator.Known;
import io.github.printer2mqtt.json.NodeListDocument;
import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.metrics.Health.Level;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.metrics.MetricsRegistry.Detail;
import io.github.printer2mqtt.model.access.Right;
import io.github.printer2mqtt.support.SupportService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Metrics, health checks, nodes, backups and the archive for support. */
record ManagementRoutes(
        Vertx vertx,
        MetricsRegistry metricsRegistry,
        BooleanSupplier registryLoaded,
        SupportService support,
        BackupHandlers backups,
        Ownership ownership) {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String PRINTERS = "printers";
    private static final byte[] ALIVE = "{\"status\":\"up\"}".getBytes(StandardCharsets.UTF_8);

    void mount(RouteTable routes) {
        routes.add(Right.READ, GET, "/metrics", request -> metrics(detail(request)), PRINTERS);
        routes.add(Right.ADMIN, GET, "/api/support", request -> archive());
        routes.open(GET, "/health/live", request -> Future.succeededFuture(ApiResponse.json(200, ALIVE)));
        routes.open(GET, "/health/ready", request -> Future.succeededFuture(ready(request)));
        routes.add(
                Right.READ,
                GET,
                "/api/health",
                request -> Future.succeededFuture(ApiResponse.json(200, health(Health::detail))));
        routes.add(
                Right.READ,
                GET,
                "/api/nodes",
                request ->
                        Future.succeededFuture(ApiResponse.json(200, NodeListDocument.of(ownership, Instant.now()))));
        routes.add(Right.ADMIN, GET, "/api/backup", backups::list);
        routes.add(Right.ADMIN, POST, "/api/backup", backups::create);
        routes.add(Right.ADMIN, GET, "/api/backup/{name}", backups::download);
        routes.add(Right.ADMIN, POST, "/api/restore", backups::prepareRestore);
        routes.add(Right.ADMIN, DELETE, "/api/restore", backups::withdrawRestore);
    }

    private Future<ApiResponse> metrics(Detail detail) {
        return vertx.executeBlocking(() -> metricsRegistry.prometheusText(detail), false)
                .map(text -> ApiResponse.of(200, PROMETHEUS, text).withHeader("Cache-Control", "no-store"));
    }

    private Future<ApiResponse> archive() {
        return support.archive()
                .map(archive -> ApiResponse.of(200, "application/zip", archive)
                        .withHeader("Content-Disposition", "attachment; filename=\"printer2mqtt-support.zip\"")
                        .withHeader("Cache-Control", "no-store"));
    }

    private static Detail detail(RoutingContext request) {
        return Boolean.FALSE.equals(ListQuery.flag(request.queryParams(), PRINTERS)) ? Detail.TOTALS : Detail.ALL;
    }

    /**
     * 503 while a part is down; a degraded part only shows in the body. Details name brokers, users and files, so they need
     * the right to read.
     */
    private ApiResponse ready(RoutingContext request) {
        boolean showsDetails = RouteTable.sender(request) instanceof Known known
                && known.principal().has(Right.READ);
        JsonObject document = health(showsDetails ? Health::detail : part -> null);
        boolean isDown = Level.DOWN.wireName().equals(document.getString("status"));
        return ApiResponse.json(isDown ? 503 : 200, document);
    }

    /** The worst level, and each part by name. */
    private JsonObject health(Function<Health, @Nullable String> detail) {
        Map<String, Health> parts = new TreeMap<>(metricsRegistry.health());
        if (!registryLoaded.getAsBoolean()) {
            parts.put("registry", Health.down("registered printers are still being loaded"));
        }
        Level worst = parts.values().stream().map(Health::level).reduce(Level.UP, ManagementRoutes::worse);
        JsonObject ofParts = new JsonObject();
        parts.forEach((name, part) -> ofParts.put(
                name, new JsonObject().put("status", part.level().wireName()).put("detail", detail.apply(part))));
        return new JsonObject().put("status", worst.wireName()).put("parts", ofParts);
    }

    private static Level worse(Level one, Level other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
