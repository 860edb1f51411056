package io.github.printer2mqtt.http.security;

import io.github.printer2mqtt.http.message.Problem;
import io.github.printer2mqtt.model.access.Role;
import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.Secret;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/** Reads the small bodies of requests about access. No message quotes a value that may be a password. */
public final class AccessBodies {
    /** Enough for every field, and too little to wear out a small computer. */
    private static final int MAX_BODY = 8 * 1024;

    private AccessBodies() {}

    /** Reads an object that has no other fields than these. */
    public static Future<JsonObject> read(RequestBodies bodies, RoutingContext request, String... fields) {
        return bodies.readBytes(request, Set.of(RequestBodies.JSON, RequestBodies.MERGE_PATCH), MAX_BODY)
                .compose(bodies::parseJson)
                .map(body -> checked(body, List.of(fields)));
    }

    private static JsonObject checked(Object body, List<String> fields) {
        if (!(body instanceof JsonObject object)) {
            throw RequestBodies.expectedJson("a JSON object");
        }
        for (String field : object.fieldNames()) {
            if (!fields.contains(field)) {
                throw Problem.invalidField(
                        field, "unknown field " + QuotedText.of(field) + ", expected " + String.join(", ", fields));
            }
        }
        return object;
    }

    /** A field that must be a text. */
    public static String text(JsonObject body, String field) {
        if (body.getValue(field) instanceof String text) {
            return text;
        }
        throw Problem.invalidField(field, "expected a string");
    }

    /** A field that must be a text, of which no message says anything. */
    public static Secret secret(JsonObject body, String field) {
        return Secret.of(text(body, field));
    }

    /** A field that must name a role. */
    public static Role role(JsonObject body, String field) {
        Role role = WireConstant.find(Role.class, body.getValue(field));
        if (role == null) {
            throw Problem.invalidField(field, "expected " + WireConstant.oneOf(Role.class));
        }
        return role;
    }
}
