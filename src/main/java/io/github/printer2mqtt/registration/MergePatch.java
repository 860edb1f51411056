package io.github.printer2mqtt.registration;

import io.vertx.core.json.JsonObject;

/** JSON merge patch, RFC 7396. */
final class MergePatch {
    private MergePatch() {}

    /** A new object; the arguments do not change. */
    static JsonObject apply(JsonObject target, JsonObject patch) {
        JsonObject merged = target.copy();
        for (String name : patch.fieldNames()) {
            Object value = patch.getValue(name);
            if (value == null) {
                merged.remove(name);
            } else if (value instanceof JsonObject nested) {
                Object before = merged.getValue(name);
                JsonObject child = before instanceof JsonObject object ? object : new JsonObject();
                merged.put(name, apply(child, nested));
            } else {
                merged.put(name, value);
            }
        }
        return merged;
    }
}
