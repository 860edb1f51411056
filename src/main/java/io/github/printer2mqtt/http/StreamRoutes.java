package io.github.printer2mqtt.http;

import static io.vertx.core.http.HttpMethod.GET;

import io.github.printer2mqtt.access.Authenticator;
import io.github.printer2mqtt.access.Principal;
import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.stream.EventStream;
import io.github.printer2mqtt.model.access.Right;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BooleanSupplier;

/** The event stream, and the reduced one of wall screens. Each ends with the session or token that opened it. */
record StreamRoutes(EventStream stream, Authenticator authenticator) {
    void mount(RouteTable routes) {
        routes.addWhenReady(
                Right.READ,
                GET,
                "/api/stream",
                request -> joined(request, stream.open(request.request(), isAllowed(request, Right.READ))),
                "state",
                "group",
                "tag",
                "site",
                "fields");
        routes.addWhenReady(
                Right.WALL,
                GET,
                "/api/wall",
                request -> joined(request, stream.openWall(request.request(), isAllowed(request, Right.WALL))));
    }

    private BooleanSupplier isAllowed(RoutingContext request, Right right) {
        Principal principal = RouteTable.principal(request);
        return () -> authenticator.stillHas(principal, right);
    }

    private Future<ApiResponse> joined(RoutingContext request, ApiResponse response) {
        request.addEndHandler(ended -> stream.leave(request.request()));
        return Future.succeededFuture(response);
    }
}
