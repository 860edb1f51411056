package io.github.printer2mqtt.http;

import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.message.HttpMetrics;
import io.github.printer2mqtt.http.message.Problem;
import io.github.printer2mqtt.http.security.BearerTokenAuth;
import io.github.printer2mqtt.http.security.ProblemMapper;
import io.github.printer2mqtt.text.QuotedText;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The routes of the API with their access rules. HEAD works wherever GET does; other methods get 405. A route lists its query
 * parameters, and any other parameter gets 400. Mount fixed paths before paths with parameters.
 */
final class RouteTable {
    /** Until a response starts: longer than every timeout of a service, including the 60 s of a command. */
    private static final long MAX_RESPONSE_SECONDS = 75;

    /** Reads a request, calls one service and makes the response. */
    @FunctionalInterface
    interface RouteHandler {
        Future<ApiResponse> handle(RoutingContext request);
    }

    private enum Access {
        ANONYMOUS,
        AUTHENTICATED,
        AUTHENTICATED_WHEN_READY
    }

    /**
     * One route.
     *
     * @param method GET stands for HEAD too
     * @param template the path with parameters in braces
     */
    record Key(HttpMethod method, String template) {}

    private record Route(Access access, RouteHandler handler, List<String> parameters) {}

    private final Router router;
    private final BearerTokenAuth token;
    private final BooleanSupplier registryLoaded;
    private final HttpMetrics metrics;
    private final Map<String, Map<HttpMethod, Route>> routes = new LinkedHashMap<>();

    RouteTable(Router router, BearerTokenAuth token, BooleanSupplier registryLoaded, HttpMetrics metrics) {
        this.router = router;
        this.token = token;
        this.registryLoaded = registryLoaded;
        this.metrics = metrics;
    }

    /** Mounts a route that needs no token. */
    void anonymous(HttpMethod method, String template, RouteHandler handler, String... parameters) {
        mount(method, template, new Route(Access.ANONYMOUS, handler, List.of(parameters)));
    }

    /** Mounts a route that needs the token. */
    void authenticated(HttpMethod method, String template, RouteHandler handler, String... parameters) {
        mount(method, template, new Route(Access.AUTHENTICATED, handler, List.of(parameters)));
    }

    /** Mounts a route that needs the token and responds 503 until the registered printers are loaded. */
    void authenticatedWhenReady(HttpMethod method, String template, RouteHandler handler, String... parameters) {
        mount(method, template, new Route(Access.AUTHENTICATED_WHEN_READY, handler, List.of(parameters)));
    }

    /** Every mounted route. */
    List<Key> keys() {
        List<Key> keys = new ArrayList<>();
        routes.forEach((template, methods) -> methods.keySet().forEach(method -> keys.add(new Key(method, template))));
        return keys;
    }

    private void mount(HttpMethod method, String template, Route route) {
        Map<HttpMethod, Route> methods = routes.get(template);
        if (methods == null) {
            Map<HttpMethod, Route> first = new LinkedHashMap<>();
            routes.put(template, first);
            router.route(template.replaceAll("\\{(\\w+)}", ":$1")).handler(request -> serve(template, first, request));
            methods = first;
        }
        methods.put(method, route);
    }

    private void serve(String template, Map<HttpMethod, Route> methods, RoutingContext request) {
        HttpMethod method = request.request().method();
        Route route = methods.get(method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method);
        long startedAt = System.nanoTime();
        request.addEndHandler(ended -> metrics.requestCompleted(
                template,
                route == null ? "other" : method.name(),
                request.response().getStatusCode(),
                System.nanoTime() - startedAt));
        if (route == null) {
            ProblemMapper.send(request.request(), notAllowed(methods));
            return;
        }
        Problem rejection = rejection(route, request);
        if (rejection == null) {
            send(route.handler().handle(request), request);
        } else {
            ProblemMapper.send(request.request(), rejection);
        }
    }

    private @Nullable Problem rejection(Route route, RoutingContext request) {
        Problem rejection = route.access() == Access.ANONYMOUS ? null : token.rejection(request.request());
        if (rejection != null) {
            return rejection;
        }
        Problem unknown = unknownParameter(route.parameters(), request.queryParams());
        if (unknown != null) {
            return unknown;
        }
        return route.access() == Access.AUTHENTICATED_WHEN_READY && !registryLoaded.getAsBoolean()
                ? ProblemMapper.starting()
                : null;
    }

    private static @Nullable Problem unknownParameter(List<String> known, MultiMap given) {
        for (String name : given.names()) {
            if (!known.contains(name)) {
                String expected = known.isEmpty() ? "no parameters" : "one of " + String.join(", ", known);
                String detail = "unknown parameter " + QuotedText.of(name) + ", expected " + expected;
                return Problem.ofField(400, "invalid_parameter", name, detail);
            }
        }
        return null;
    }

    private static Problem notAllowed(Map<HttpMethod, Route> methods) {
        String allowed = methods.keySet().stream()
                .map(method -> method.equals(HttpMethod.GET) ? "GET, HEAD" : method.name())
                .collect(Collectors.joining(", "));
        return Problem.of(405, "method_not_allowed", "this path supports " + allowed)
                .withHeader("Allow", allowed);
    }

    private static void send(Future<ApiResponse> response, RoutingContext request) {
        Future<ApiResponse> bounded =
                response.isComplete() ? response : response.timeout(MAX_RESPONSE_SECONDS, TimeUnit.SECONDS);
        bounded.onSuccess(ready -> ready.send(request.request())).onFailure(request::fail);
    }
}
