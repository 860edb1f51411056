package io.github.printer2mqtt.registration;

import io.vertx.core.json.JsonObject;

/** JSON merge patch, RFC 7396. Pure. */
final class MergePatch {
    private MergePatch() {}

    /** A new object; neither argument changes. */
    static JsonObject apply(JsonObject target, JsonObject patch) {
        JsonObject merged = target.copy();
        for (String name : patch.fieldNames()) {
            Object value = patch.getValue(name);
            if (value == null) {
                merged.remove(name);
            } else if (value instanceof JsonObject inner) {
                Object before = merged.getValue(name);
                JsonObject below = before instanceof JsonObject object ? object : new JsonObject();
                merged.put(name, apply(below, inner));
            } else {
                merged.put(name, value);
            }
        }
        return merged;
    }
}
