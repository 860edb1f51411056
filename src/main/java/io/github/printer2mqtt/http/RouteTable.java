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
 * Where the routes of the API are mounted. A route needs the token unless it is mounted with {@link #open}; HEAD works
 * where GET does, and every other method is answered with 405. A route names the query parameters that it takes; any other
 * is refused. Mount fixed paths before those with a parameter.
 */
final class RouteTable {
    /** Longer than any bound below, the 60 s of a command among them: an answer always comes. */
    private static final long LONGEST_ANSWER_SECONDS = 75;

    /** What a route does: reads the request, calls one method of the house and makes the answer. */
    @FunctionalInterface
    interface Action {
        Future<ApiResponse> answer(RoutingContext request);
    }

    private enum Access {
        EVERYBODY,
        TOKEN,
        /** With the token, and only when the registered printers are read. */
        TOKEN_AND_FLEET
    }

    /**
     * One route.
     *
     * @param method GET stands for HEAD too
     * @param template the path with parameters in braces
     */
    record Key(HttpMethod method, String template) {}

    private record Entry(Access access, Action action, List<String> parameters) {}

    private final Router router;
    private final BearerTokenAuth token;
    private final BooleanSupplier registryRead;
    private final HttpMetrics meters;
    private final Map<String, Map<HttpMethod, Entry>> routes = new LinkedHashMap<>();

    RouteTable(Router router, BearerTokenAuth token, BooleanSupplier registryRead, HttpMetrics meters) {
        this.router = router;
        this.token = token;
        this.registryRead = registryRead;
        this.meters = meters;
    }

    /** A route for everybody. */
    void open(HttpMethod method, String template, Action action, String... parameters) {
        mount(method, template, new Entry(Access.EVERYBODY, action, List.of(parameters)));
    }

    /** A route for who has the token. */
    void guarded(HttpMethod method, String template, Action action, String... parameters) {
        mount(method, template, new Entry(Access.TOKEN, action, List.of(parameters)));
    }

    /** A route for who has the token, about printers: until they are read it answers 503. */
    void fleet(HttpMethod method, String template, Action action, String... parameters) {
        mount(method, template, new Entry(Access.TOKEN_AND_FLEET, action, List.of(parameters)));
    }

    /** Every mounted route. */
    List<Key> keys() {
        List<Key> keys = new ArrayList<>();
        routes.forEach((template, methods) -> methods.keySet().forEach(method -> keys.add(new Key(method, template))));
        return keys;
    }

    private void mount(HttpMethod method, String template, Entry entry) {
        Map<HttpMethod, Entry> methods = routes.get(template);
        if (methods == null) {
            Map<HttpMethod, Entry> first = new LinkedHashMap<>();
            routes.put(template, first);
            router.route(template.replaceAll("\\{(\\w+)}", ":$1")).handler(request -> serve(template, first, request));
            methods = first;
        }
        methods.put(method, entry);
    }

    private void serve(String template, Map<HttpMethod, Entry> methods, RoutingContext request) {
        HttpMethod method = request.request().method();
        Entry entry = methods.get(method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method);
        long began = System.nanoTime();
        request.addEndHandler(ended -> meters.answered(
                template,
                entry == null ? "other" : method.name(),
                request.response().getStatusCode(),
                System.nanoTime() - began));
        if (entry == null) {
            ProblemMapper.answer(request.request(), notAllowed(methods));
            return;
        }
        Problem refusal = refusal(entry, request);
        if (refusal == null) {
            send(entry.action().answer(request), request);
        } else {
            ProblemMapper.answer(request.request(), refusal);
        }
    }

    private @Nullable Problem refusal(Entry entry, RoutingContext request) {
        Problem refusal = entry.access() == Access.EVERYBODY ? null : token.refusal(request.request());
        if (refusal != null) {
            return refusal;
        }
        Problem unknown = unknownParameter(entry.parameters(), request.queryParams());
        if (unknown != null) {
            return unknown;
        }
        return entry.access() == Access.TOKEN_AND_FLEET && !registryRead.getAsBoolean()
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

    private static Problem notAllowed(Map<HttpMethod, Entry> methods) {
        String allowed = methods.keySet().stream()
                .map(method -> method.equals(HttpMethod.GET) ? "GET, HEAD" : method.name())
                .collect(Collectors.joining(", "));
        return Problem.of(405, "method_not_allowed", "this path answers " + allowed)
                .with("Allow", allowed);
    }

    private static void send(Future<ApiResponse> answer, RoutingContext request) {
        Future<ApiResponse> bounded =
                answer.isComplete() ? answer : answer.timeout(LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS);
        bounded.onSuccess(reply -> reply.send(request.request())).onFailure(request::fail);
    }
}
