package io.github.printer2mqtt.http;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;

import io.github.printer2mqtt.access.UserService;
import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.security.AccessBodies;
import io.github.printer2mqtt.http.security.RequestBodies;
import io.github.printer2mqtt.json.Json;
import io.github.printer2mqtt.model.access.Right;
import io.github.printer2mqtt.model.access.Role;
import io.github.printer2mqtt.model.access.User;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Lists, creates, changes and removes users. */
record UserRoutes(UserService users, RequestBodies bodies) {
    private static final String NAME = "name";
    private static final String ROLE = "role";
    private static final String PASSWORD = "password";

    void mount(RouteTable routes) {
        routes.add(Right.ADMIN, GET, "/api/users", this::list);
        routes.add(Right.ADMIN, POST, "/api/users", this::create);
        routes.add(Right.ADMIN, PATCH, "/api/users/{name}", this::change);
        routes.add(Right.ADMIN, DELETE, "/api/users/{name}", this::remove);
    }

    private Future<ApiResponse> list(RoutingContext request) {
        JsonArray all = new JsonArray();
        users.all().forEach(user -> all.add(document(user)));
        return Future.succeededFuture(ApiResponse.json(200, new JsonObject().put("users", all)));
    }

    private Future<ApiResponse> create(RoutingContext request) {
        return AccessBodies.read(bodies, request, NAME, ROLE, PASSWORD)
                .compose(body -> users.create(
                        AccessBodies.text(body, NAME),
                        AccessBodies.role(body, ROLE),
                        AccessBodies.secret(body, PASSWORD)))
                .map(created -> ApiResponse.json(201, document(created))
                        .withHeader("Location", RouteTable.pathFor(request, "/api/users/" + created.name())));
    }

    private Future<ApiResponse> change(RoutingContext request) {
        return AccessBodies.read(bodies, request, ROLE, PASSWORD)
                .compose(body -> {
                    Role role = body.containsKey(ROLE) ? AccessBodies.role(body, ROLE) : null;
                    Secret password = body.containsKey(PASSWORD) ? AccessBodies.secret(body, PASSWORD) : null;
                    return users.change(User.normalize(request.pathParam(NAME)), role, password);
                })
                .map(changed -> ApiResponse.json(200, document(changed)));
    }

    private Future<ApiResponse> remove(RoutingContext request) {
        return users.remove(User.normalize(request.pathParam(NAME))).map(removed -> ApiResponse.empty(204));
    }

    private static JsonObject document(User user) {
        return new JsonObject()
                .put(NAME, user.name())
                .put(ROLE, user.role().wireName())
                .put("created_at", Json.text(user.createdAt()));
    }
}
