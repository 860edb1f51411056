package io.github.printer2mqtt.http;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.message.Problem;
import io.github.printer2mqtt.model.access.Right;
import io.github.printer2mqtt.notification.NotificationService;
import io.github.printer2mqtt.notification.NotificationService.TestResult;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Lists and tests the receivers of notifications. */
record NotificationRoutes(NotificationService notifications) {
    void mount(RouteTable routes) {
        routes.add(Right.ADMIN, GET, "/api/notifications", this::list);
        routes.add(Right.ADMIN, POST, "/api/notifications/test", this::test);
    }

    private Future<ApiResponse> list(RoutingContext request) {
        JsonArray receivers = new JsonArray();
        notifications.receivers().forEach(name -> receivers.add(new JsonObject().put("receiver", name)));
        return Future.succeededFuture(ApiResponse.json(200, new JsonObject().put("receivers", receivers)));
    }

    private Future<ApiResponse> test(RoutingContext request) {
        return notifications.test().map(results -> {
            if (results.isEmpty()) {
                throw Problem.of(
                                409,
                                "no_receiver",
                                "no receiver is configured; set notify.webhook.url and notify.webhook.secret, or"
                                        + " notify.ntfy.url")
                        .asException();
            }
            return ApiResponse.json(200, document(results));
        });
    }

    private static JsonObject document(List<TestResult> results) {
        JsonArray receivers = new JsonArray();
        results.forEach(result -> receivers.add(new JsonObject()
                .put("receiver", result.receiver())
                .put("delivered", result.isDelivered())
                .put("detail", result.detail())));
        return new JsonObject().put("receivers", receivers);
    }
}
