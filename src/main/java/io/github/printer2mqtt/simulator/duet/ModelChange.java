package io.github.printer2mqtt.simulator.duet;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What DuetSoftwareFramework sends of a model that has changed. Pure. */
final class ModelChange {
    private ModelChange() {}

    /** The members that differ, with null for those that are gone. */
    static JsonObject between(JsonObject before, JsonObject after) {
        JsonObject change = new JsonObject();
        for (String name : after.fieldNames()) {
            Object old = before.getValue(name);
            Object fresh = after.getValue(name);
            if (!Objects.equals(old, fresh)) {
                change.put(name, between(old, fresh));
            }
        }
        before.fieldNames().stream()
                .filter(name -> before.getValue(name) != null && !after.containsKey(name))
                .forEach(change::putNull);
        return change;
    }

    private static @Nullable Object between(@Nullable Object before, @Nullable Object after) {
        if (before instanceof JsonObject old && after instanceof JsonObject fresh) {
            return between(old, fresh);
        }
        return before instanceof JsonArray old
                        && after instanceof JsonArray fresh
                        && fresh.stream().anyMatch(JsonObject.class::isInstance)
                ? elements(old, fresh)
                : after;
    }

    /** One for each of the new elements, without members if it is the same. */
    private static JsonArray elements(JsonArray before, JsonArray after) {
        JsonArray change = new JsonArray();
        for (int i = 0; i < after.size(); i++) {
            boolean isNew = i >= before.size() || !(before.getValue(i) instanceof JsonObject);
            change.add(
                    isNew || !(after.getValue(i) instanceof JsonObject fresh)
                            ? after.getValue(i)
                            : between(before.getJsonObject(i), fresh));
        }
        return change;
    }
}
