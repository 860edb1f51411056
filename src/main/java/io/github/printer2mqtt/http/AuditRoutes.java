package io.github.printer2mqtt.http;

import static io.vertx.core.http.HttpMethod.GET;

import io.github.printer2mqtt.access.AuditLog;
import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.message.Problem;
import io.github.printer2mqtt.http.security.ProblemMapper;
import io.github.printer2mqtt.json.Json;
import io.github.printer2mqtt.model.access.AuditEntry;
import io.github.printer2mqtt.model.access.Right;
import io.github.printer2mqtt.persistence.AuditRepository.StoredEntry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.regex.Pattern;

/** Who changed what. */
record AuditRoutes(AuditLog audit) {
    private static final String BEFORE = "before";
    private static final String LIMIT = "limit";
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;
    private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");

    void mount(RouteTable routes) {
        routes.add(Right.ADMIN, GET, "/api/audit", this::list, BEFORE, LIMIT);
    }

    /** Records a request with its result, when it has been answered. */
    static void recordWhenComplete(AuditLog audit, String actor, RoutingContext request) {
        request.addEndHandler(ended -> {
            String problem = ProblemMapper.sentCode(request);
            audit.record(
                    actor,
                    CommandRoutes.address(request).text(),
                    request.request().method() + " " + request.request().path(),
                    problem == null ? "ok" : problem);
        });
    }

    private Future<ApiResponse> list(RoutingContext request) {
        long before = number(request, BEFORE, Long.MAX_VALUE, Long.MAX_VALUE);
        int limit = (int) number(request, LIMIT, DEFAULT_LIMIT, MAX_LIMIT);
        return audit.newest(before, limit).map(entries -> ApiResponse.json(200, document(entries)));
    }

    private static long number(RoutingContext request, String parameter, long otherwise, long max) {
        List<String> given = request.queryParam(parameter);
        if (given.isEmpty()) {
            return otherwise;
        }
        String text = given.get(0);
        long number = DIGITS.matcher(text).matches() ? Long.parseLong(text) : 0;
        if (number < 1 || number > max) {
            throw Problem.invalidParameter(
                    parameter, "expected a number from 1" + (max == Long.MAX_VALUE ? "" : " to " + max));
        }
        return number;
    }

    private static JsonObject document(List<StoredEntry> entries) {
        JsonArray all = new JsonArray();
        for (StoredEntry stored : entries) {
            AuditEntry entry = stored.entry();
            all.add(new JsonObject()
                    .put("number", stored.number())
                    .put("at", Json.text(entry.at()))
                    .put("actor", entry.actor())
                    .put("origin", entry.origin())
                    .put("action", entry.action())
                    .put("result", entry.result()));
        }
        return new JsonObject().put("entries", all);
    }
}
