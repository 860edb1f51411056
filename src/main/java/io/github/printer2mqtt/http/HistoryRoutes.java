package io.github.printer2mqtt.http;

import static io.vertx.core.http.HttpMethod.GET;

import io.github.printer2mqtt.history.HistoryCsv;
import io.github.printer2mqtt.history.HistoryService;
import io.github.printer2mqtt.history.HistoryService.StatisticsQuery;
import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.model.access.Right;
import io.github.printer2mqtt.persistence.HistoryArchive.Kind;
import io.github.printer2mqtt.persistence.HistoryArchive.Page;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;

/** Ended prints, changes of state and statistics. */
record HistoryRoutes(Vertx vertx, HistoryService history) {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;
    private static final int MAX_CSV_LIMIT = 5_000;

    void mount(RouteTable routes) {
        routes.addWhenReady(
                Right.READ,
                GET,
                "/api/history",
                this::page,
                "kind",
                "printer",
                "group",
                "from",
                "to",
                "result",
                "cursor",
                "limit",
                "format");
        routes.addWhenReady(Right.READ, GET, "/api/statistics", this::statistics, "from", "to", "printer", "group");
    }

    private Future<ApiResponse> page(RoutingContext request) {
        HistoryParameters parameters = new HistoryParameters(request.queryParams());
        Kind kind = parameters.kind();
        boolean isCsv = RegistrationRoutes.prefersCsv(request);
        int limit = isCsv ? parameters.limit(MAX_CSV_LIMIT, MAX_CSV_LIMIT) : parameters.limit(DEFAULT_LIMIT, MAX_LIMIT);
        return history.page(kind, new Page(parameters.filter(kind), parameters.cursor(), limit))
                .compose(page -> isCsv ? csv(kind, page) : json(page));
    }

    /** Encodes on a worker thread, because a page may be long. */
    private Future<ApiResponse> json(JsonObject page) {
        return vertx.executeBlocking(() -> ApiResponse.json(200, page), false);
    }

    private Future<ApiResponse> csv(Kind kind, JsonObject page) {
        return vertx.executeBlocking(() -> HistoryCsv.write(kind, page), false).map(csv -> {
            ApiResponse response = ApiResponse.of(200, RegistrationRoutes.CSV + "; charset=utf-8", Buffer.buffer(csv))
                    .withHeader("Cache-Control", "no-store")
                    .withHeader("Content-Disposition", "attachment; filename=\"" + kind.wireName() + ".csv\"");
            String next = page.getString("next");
            return next == null ? response : response.withHeader("Next-Cursor", next);
        });
    }

    private Future<ApiResponse> statistics(RoutingContext request) {
        HistoryParameters parameters = new HistoryParameters(request.queryParams());
        StatisticsQuery query = parameters.statistics(InstantSource.system().instant());
        return history.statistics(query).compose(this::json);
    }
}
