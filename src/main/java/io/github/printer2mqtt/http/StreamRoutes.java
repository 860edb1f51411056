package io.github.printer2mqtt.http;

import static io.vertx.core.http.HttpMethod.GET;

import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.stream.EventStream;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/** The event stream. */
record StreamRoutes(EventStream stream) {
    void mount(RouteTable routes) {
        routes.authenticatedWhenReady(GET, "/api/stream", this::open, "state", "group", "tag", "fields");
    }

    private Future<ApiResponse> open(RoutingContext request) {
        ApiResponse response = stream.open(request.request());
        request.addEndHandler(ended -> stream.leave(request.request()));
        return Future.succeededFuture(response);
    }
}
