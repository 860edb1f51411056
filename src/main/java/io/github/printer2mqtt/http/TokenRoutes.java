package io.github.printer2mqtt.http;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import io.github.printer2mqtt.access.TokenService;
import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.message.Problem;
import io.github.printer2mqtt.http.security.AccessBodies;
import io.github.printer2mqtt.http.security.RequestBodies;
import io.github.printer2mqtt.json.Json;
import io.github.printer2mqtt.model.access.ApiToken;
import io.github.printer2mqtt.model.access.Right;
import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists, creates and revokes the tokens of programs. A token is shown once, when it is created. */
record TokenRoutes(TokenService tokens, RequestBodies bodies) {
    private static final String NAME = "name";
    private static final String SCOPES = "scopes";
    private static final String EXPIRES_AT = "expires_at";

    void mount(RouteTable routes) {
        routes.add(Right.ADMIN, GET, "/api/tokens", this::list);
        routes.add(Right.ADMIN, POST, "/api/tokens", this::create);
        routes.add(Right.ADMIN, DELETE, "/api/tokens/{id}", this::revoke);
    }

    private Future<ApiResponse> list(RoutingContext request) {
        JsonArray all = new JsonArray();
        tokens.all().forEach(token -> all.add(document(token)));
        return Future.succeededFuture(ApiResponse.json(200, new JsonObject().put("tokens", all)));
    }

    private Future<ApiResponse> create(RoutingContext request) {
        return AccessBodies.read(bodies, request, NAME, SCOPES, EXPIRES_AT)
                .compose(body -> tokens.create(AccessBodies.text(body, NAME), scopes(body), expiresAt(body)))
                .map(created -> ApiResponse.json(
                                201,
                                document(created.token())
                                        .put("token", created.secret().reveal()))
                        .withHeader(
                                "Location",
                                RouteTable.pathFor(
                                        request,
                                        "/api/tokens/" + created.token().id())));
    }

    private Future<ApiResponse> revoke(RoutingContext request) {
        return tokens.revoke(request.pathParam("id")).map(revoked -> ApiResponse.empty(204));
    }

    private static Set<Right> scopes(JsonObject body) {
        EnumSet<Right> scopes = EnumSet.noneOf(Right.class);
        if (body.getValue(SCOPES) instanceof JsonArray names) {
            for (Object name : names) {
                Right scope = WireConstant.find(Right.class, name);
                if (scope == null) {
                    throw Problem.invalidField(
                            SCOPES,
                            "found " + QuotedText.of(String.valueOf(name)) + ", expected "
                                    + WireConstant.oneOf(Right.class));
                }
                scopes.add(scope);
            }
        }
        if (scopes.isEmpty()) {
            throw Problem.invalidField(SCOPES, "expected an array with at least " + WireConstant.oneOf(Right.class));
        }
        return scopes;
    }

    private static @Nullable Instant expiresAt(JsonObject body) {
        Object value = body.getValue(EXPIRES_AT);
        if (value == null) {
            return null;
        }
        try {
            if (value instanceof String text) {
                return OffsetDateTime.parse(text).toInstant();
            }
        } catch (DateTimeException e) {
            // Reported below, like every other value.
        }
        throw Problem.invalidField(EXPIRES_AT, "expected a time such as 2027-01-31T00:00:00Z, or null for never");
    }

    private static JsonObject document(ApiToken token) {
        return new JsonObject()
                .put("id", token.id())
                .put(NAME, token.name())
                .put(SCOPES, new JsonArray(WireConstant.names(token.scopes())))
                .put("created_at", Json.text(token.createdAt()))
                .put(EXPIRES_AT, Json.text(token.expiresAt()));
    }
}
