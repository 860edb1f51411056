package io.github.printer2mqtt.http;

import static io.vertx.core.http.HttpMethod.GET;

import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.stream.EventStream;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/** The event stream, and the reduced one of wall screens. */
record StreamRoutes(EventStream stream) {
    void mount(RouteTable routes) {
        routes.authenticatedWhenReady(
                GET,
                "/api/stream",
                request -> joined(request, stream.open(request.request())),
                "state",
                "group",
                "tag",
                "fields");
        routes.authenticatedWhenReady(GET, "/api/wall", request -> joined(request, stream.openWall(request.request())));
    }

    private Future<ApiResponse> joined(RoutingContext request, ApiResponse response) {
        request.addEndHandler(ended -> stream.leave(request.request()));
        return Future.succeededFuture(response);
    }
}
