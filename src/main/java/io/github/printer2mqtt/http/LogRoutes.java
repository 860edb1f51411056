package io.github.printer2mqtt.http;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.PUT;

import io.github.printer2mqtt.config.LogConfig;
import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.message.Problem;
import io.github.printer2mqtt.http.security.RequestBodies;
import io.github.printer2mqtt.json.Json;
import io.github.printer2mqtt.model.access.Right;
import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads and changes log levels at runtime. */
record LogRoutes(ApiServices.LogLevels levels, RequestBodies bodies) {
    private static final String LEVEL = "level";
    private static final String PACKAGES = "packages";

    void mount(RouteTable routes) {
        routes.add(Right.ADMIN, GET, "/api/log", request -> Future.succeededFuture(response()));
        routes.add(Right.ADMIN, PUT, "/api/log", this::change);
    }

    private Future<ApiResponse> change(RoutingContext request) {
        return bodies.readObject(request, Set.of(RequestBodies.JSON)).map(document -> {
            levels.apply(read(document));
            return response();
        });
    }

    private static LogConfig read(JsonObject document) {
        for (String key : document.fieldNames()) {
            if (!key.equals(LEVEL) && !key.equals(PACKAGES)) {
                throw Problem.invalidField(key, "unknown field, expected " + LEVEL + " and " + PACKAGES);
            }
        }
        Map<String, LogConfig.Level> packages = new TreeMap<>();
        Object written = document.getValue(PACKAGES, new JsonObject());
        if (!(written instanceof JsonObject levelsByPackage)) {
            throw Problem.invalidField(PACKAGES, "expected an object of levels by package");
        }
        for (String name : levelsByPackage.fieldNames()) {
            String field = PACKAGES + "." + name;
            if (!LogConfig.isPackage(name)) {
                throw Problem.invalidField(
                        field, "found " + QuotedText.of(name) + ", expected a package of printer2mqtt");
            }
            packages.put(name, level(field, levelsByPackage.getValue(name)));
        }
        return new LogConfig(level(LEVEL, document.getValue(LEVEL)), packages);
    }

    private static LogConfig.Level level(String field, @Nullable Object word) {
        LogConfig.Level level = WireConstant.find(LogConfig.Level.class, word);
        if (level == null) {
            throw Problem.invalidField(field, "expected " + WireConstant.oneOf(LogConfig.Level.class));
        }
        return level;
    }

    private ApiResponse response() {
        LogConfig current = levels.current();
        return ApiResponse.json(200, Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField(LEVEL, current.level().wireName());
            json.writeObjectFieldStart(PACKAGES);
            for (Map.Entry<String, LogConfig.Level> each : new TreeMap<>(current.packages()).entrySet()) {
                json.writeStringField(each.getKey(), each.getValue().wireName());
            }
            json.writeEndObject();
            json.writeEndObject();
        }));
    }
}
