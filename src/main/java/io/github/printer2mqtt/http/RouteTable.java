package io.github.printer2mqtt.http;

import io.github.printer2mqtt.access.AuditLog;
import io.github.printer2mqtt.access.Principal;
import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.message.HttpMetrics;
import io.github.printer2mqtt.http.message.Problem;
import io.github.printer2mqtt.http.security.ProblemMapper;
import io.github.printer2mqtt.http.security.RequestAuthenticator;
import io.github.printer2mqtt.http.security.RequestAuthenticator.Known;
import io.github.printer2mqtt.http.security.RequestAuthenticator.Sender;
import io.github.printer2mqtt.http.security.TrustedProxies;
import io.github.printer2mqtt.model.access.Right;
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
 * The routes of the API with the right that each needs; there is no route without a statement. HEAD works wherever GET does;
 * other methods get 405. A route lists its query parameters, and any other parameter gets 400. Changes are recorded with who
 * made them. Mount fixed paths before paths with parameters.
 */
final class RouteTable {
    /** Until a response starts: longer than every timeout of a service, including the 60 s of a command. */
    private static final long MAX_RESPONSE_SECONDS = 75;

    /** A query parameter; a route that lists it takes a token from the address, if that token is for this right only. */
    static final String TOKEN = "token";

    private static final String SENDER = "sender";
    private static final String PREFIX = "prefix";
    private static final String CLIENT = "client";

    /** Reads a request, calls one service and makes the response. */
    @FunctionalInterface
    interface RouteHandler {
        Future<ApiResponse> handle(RoutingContext request);
    }

    /** What a route needs of the bridge. */
    private enum Need {
        NOTHING,
        REGISTERED_PRINTERS
    }

    /**
     * One route.
     *
     * @param method GET stands for HEAD too
     * @param template the path with parameters in braces
     * @param right that it needs; null if it is open to everybody
     */
    record Key(HttpMethod method, String template, @Nullable Right right) {}

    private record Route(@Nullable Right right, Need need, RouteHandler handler, List<String> parameters) {}

    private final Router router;
    private final RequestAuthenticator authenticator;
    private final TrustedProxies proxies;
    private final AuditLog audit;
    private final BooleanSupplier registryLoaded;
    private final HttpMetrics metrics;
    private final Map<String, Map<HttpMethod, Route>> routes = new LinkedHashMap<>();

    RouteTable(
            Router router,
            RequestAuthenticator authenticator,
            TrustedProxies proxies,
            AuditLog audit,
            BooleanSupplier registryLoaded,
            HttpMetrics metrics) {
        this.router = router;
        this.authenticator = authenticator;
        this.proxies = proxies;
        this.audit = audit;
        this.registryLoaded = registryLoaded;
        this.metrics = metrics;
    }

    /** Mounts a route that is open to everybody. */
    void open(HttpMethod method, String template, RouteHandler handler, String... parameters) {
        mount(method, template, new Route(null, Need.NOTHING, handler, List.of(parameters)));
    }

    /** Mounts a route that needs a right. */
    void add(Right right, HttpMethod method, String template, RouteHandler handler, String... parameters) {
        mount(method, template, new Route(right, Need.NOTHING, handler, List.of(parameters)));
    }

    /** Mounts a route that needs a right and responds 503 until the registered printers are loaded. */
    void addWhenReady(Right right, HttpMethod method, String template, RouteHandler handler, String... parameters) {
        mount(method, template, new Route(right, Need.REGISTERED_PRINTERS, handler, List.of(parameters)));
    }

    /**
     * Mounts everything that is mounted so far below a path as well, for a reverse proxy that does not remove it. The page finds its
     * files and the API by relative URLs; the command line and health checks go on without the path.
     *
     * @param prefix without a slash at its end
     */
    void mountBelow(String prefix) {
        router.route(prefix).handler(request -> addSlash(prefix, request));
        routes.forEach((template, methods) -> router.route(prefix + pattern(template))
                .handler(request -> {
                    request.put(PREFIX, proxies.pathPrefix(request.request()) + prefix);
                    serve(template, methods, request);
                }));
    }

    /** Without the slash, a browser would take relative URLs for those of the folder above. */
    private void addSlash(String prefix, RoutingContext request) {
        if (request.request().path().equals(prefix)) {
            String query = request.request().query();
            String page = proxies.pathPrefix(request.request()) + prefix + "/";
            request.response()
                    .setStatusCode(308)
                    .putHeader("Location", page + (query == null ? "" : "?" + query))
                    .end();
        } else {
            request.next();
        }
    }

    private static String pattern(String template) {
        return template.replaceAll("\\{(\\w+)}", ":$1");
    }

    /** Every mounted route. */
    List<Key> keys() {
        List<Key> keys = new ArrayList<>();
        routes.forEach((template, methods) ->
                methods.forEach((method, route) -> keys.add(new Key(method, template, route.right()))));
        return keys;
    }

    /** Who sent a request. */
    static Sender sender(RoutingContext request) {
        return request.get(SENDER);
    }

    /** Who sent a request to a route that needs a right. */
    static Principal principal(RoutingContext request) {
        return ((Known) sender(request)).principal();
    }

    /** The address that a request comes from, as far as trusted proxies tell it. */
    static String clientAddress(RoutingContext request) {
        return request.get(CLIENT);
    }

    /** The path of something at this bridge as the sender of a request sees it: below the path that the request came with. */
    static String pathFor(RoutingContext request, String path) {
        return request.get(PREFIX) + path;
    }

    private void mount(HttpMethod method, String template, Route route) {
        Map<HttpMethod, Route> methods = routes.get(template);
        if (methods == null) {
            Map<HttpMethod, Route> first = new LinkedHashMap<>();
            routes.put(template, first);
            router.route(pattern(template)).handler(request -> {
                request.put(PREFIX, proxies.pathPrefix(request.request()));
                serve(template, first, request);
            });
            methods = first;
        }
        methods.put(method, route);
    }

    private void serve(String template, Map<HttpMethod, Route> methods, RoutingContext request) {
        request.put(CLIENT, proxies.clientAddress(request.request()));
        HttpMethod method = request.request().method();
        Route route = methods.get(method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method);
        long startedAt = System.nanoTime();
        request.addEndHandler(ended -> metrics.requestCompleted(
                template,
                route == null ? "other" : method.name(),
                request.response().getStatusCode(),
                System.nanoTime() - startedAt));
        if (route == null) {
            ProblemMapper.send(request, notAllowed(methods));
            return;
        }
        Sender sender = sender(route, request);
        request.put(SENDER, sender);
        if (sender instanceof Known known && route.right() != null && isChange(method)) {
            AuditRoutes.recordWhenComplete(audit, known.principal().name(), request);
        }
        Problem rejection = rejection(route, sender, request);
        if (rejection == null) {
            send(route.handler().handle(request), request);
        } else {
            ProblemMapper.send(request, rejection);
        }
    }

    private Sender sender(Route route, RoutingContext request) {
        List<String> tokens = request.queryParams().getAll(TOKEN);
        return tokens.isEmpty() || route.right() == null || !route.parameters().contains(TOKEN)
                ? authenticator.sender(request.request())
                : authenticator.senderByAddress(tokens, route.right());
    }

    private static boolean isChange(HttpMethod method) {
        return !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD);
    }

    private @Nullable Problem rejection(Route route, Sender sender, RoutingContext request) {
        Problem rejection =
                route.right() == null ? null : RequestAuthenticator.rejection(sender, request.request(), route.right());
        if (rejection != null) {
            return rejection;
        }
        Problem unknown = unknownParameter(route.parameters(), request.queryParams());
        if (unknown != null) {
            return unknown;
        }
        return route.need() == Need.REGISTERED_PRINTERS && !registryLoaded.getAsBoolean()
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
