package io.github.printer2mqtt.http;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import io.github.printer2mqtt.access.AccessServices;
import io.github.printer2mqtt.access.Authenticator;
import io.github.printer2mqtt.access.LoginService.NewSession;
import io.github.printer2mqtt.access.Principal;
import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.message.Problem;
import io.github.printer2mqtt.http.security.AccessBodies;
import io.github.printer2mqtt.http.security.RequestAuthenticator;
import io.github.printer2mqtt.http.security.RequestAuthenticator.Known;
import io.github.printer2mqtt.http.security.RequestBodies;
import io.github.printer2mqtt.http.security.SessionCookie;
import io.github.printer2mqtt.model.access.Right;
import io.github.printer2mqtt.model.access.Role;
import io.github.printer2mqtt.model.access.User;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Login, logout, the first administrator, who is logged in and their password. Each attempt is recorded. */
record SessionRoutes(AccessServices access, SessionCookie cookie, RequestBodies bodies) {
    private static final String USER = "user";
    private static final String PASSWORD = "password";
    private static final String CURRENT_PASSWORD = "current_password";

    void mount(RouteTable routes) {
        routes.open(GET, "/api/session", this::get);
        routes.open(POST, "/api/login", this::login);
        routes.open(POST, "/api/logout", this::logout);
        routes.open(POST, "/api/setup", this::setUp);
        routes.add(Right.READ, POST, "/api/password", this::changePassword);
    }

    /** A wrong token is an error; a wrong cookie is only forgotten, because a page sends it by itself. */
    private Future<ApiResponse> get(RoutingContext request) {
        access.authenticator().hasUsers();
        if (RouteTable.sender(request) instanceof Known known) {
            return Future.succeededFuture(ApiResponse.json(200, document(known.principal(), known.csrf())));
        }
        if (request.request().headers().contains(HttpHeaders.AUTHORIZATION)) {
            throw ((RequestAuthenticator.Unknown) RouteTable.sender(request))
                    .why()
                    .asException();
        }
        return Future.succeededFuture(ApiResponse.json(200, document(null, null)));
    }

    private Future<ApiResponse> login(RoutingContext request) {
        return AccessBodies.read(bodies, request, USER, PASSWORD).compose(body -> {
            String user = AccessBodies.text(body, USER);
            Secret password = AccessBodies.secret(body, PASSWORD);
            AuditRoutes.recordWhenComplete(access.audit(), knownName(user), request);
            return access.login().login(address(request), user, password).map(opened -> response(request, opened));
        });
    }

    private Future<ApiResponse> setUp(RoutingContext request) {
        return AccessBodies.read(bodies, request, "code", USER, PASSWORD).compose(body -> {
            AuditRoutes.recordWhenComplete(access.audit(), "setup code", request);
            return access.login()
                    .setUp(
                            address(request),
                            AccessBodies.text(body, "code"),
                            AccessBodies.text(body, USER),
                            AccessBodies.secret(body, PASSWORD))
                    .map(opened -> response(request, opened));
        });
    }

    private Future<ApiResponse> changePassword(RoutingContext request) {
        return AccessBodies.read(bodies, request, CURRENT_PASSWORD, PASSWORD)
                .compose(body -> {
                    Principal principal = RouteTable.principal(request);
                    if (principal.user() == null) {
                        throw Problem.of(403, "forbidden", "only a user who is logged in has a password")
                                .asException();
                    }
                    return access.login()
                            .changePassword(
                                    address(request),
                                    principal,
                                    AccessBodies.secret(body, CURRENT_PASSWORD),
                                    AccessBodies.secret(body, PASSWORD));
                })
                .map(changed -> ApiResponse.empty(204));
    }

    private Future<ApiResponse> logout(RoutingContext request) {
        ApiResponse response = ApiResponse.empty(204).withHeader("Set-Cookie", cookie.remove(request.request()));
        if (!(RouteTable.sender(request) instanceof Known known)
                || known.principal().user() == null) {
            return Future.succeededFuture(response);
        }
        Problem rejection = RequestAuthenticator.csrfRejection(known, request.request());
        if (rejection != null) {
            throw rejection.asException();
        }
        AuditRoutes.recordWhenComplete(access.audit(), known.principal().name(), request);
        return access.login().logout(known.principal()).map(response);
    }

    private ApiResponse response(RoutingContext request, NewSession opened) {
        String csrf = SessionCookie.csrf(opened.id().reveal());
        return ApiResponse.json(200, document(opened.principal(), csrf))
                .withHeader("Set-Cookie", cookie.set(request.request(), opened.id()));
    }

    private JsonObject document(@Nullable Principal principal, @Nullable String csrf) {
        Authenticator authenticator = access.authenticator();
        Role role = principal == null ? null : principal.role();
        return new JsonObject()
                .put(USER, principal == null ? null : principal.user())
                .put("role", role == null ? null : role.wireName())
                .put("rights", rights(principal))
                .put("setup_required", principal == null && authenticator.isSetupRequired())
                .put("login_required", principal == null || principal.kind() != Principal.Kind.LOCAL)
                .put("csrf", csrf);
    }

    private static JsonArray rights(@Nullable Principal principal) {
        JsonArray names = new JsonArray();
        if (principal != null) {
            principal.rights().stream().sorted().forEach(right -> names.add(right.wireName()));
        }
        return names;
    }

    /** Somebody may have typed the password into the wrong field, so only a name that exists is recorded. */
    private String knownName(String given) {
        String name = User.normalize(given);
        return access.users().all().stream()
                .map(User::name)
                .filter(name::equals)
                .findFirst()
                .orElse("unknown user");
    }

    private static String address(RoutingContext request) {
        return RouteTable.clientAddress(request);
    }
}
