package io.github.printer2mqtt.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares the keys and value types of two JSON documents; integers and decimals are two types. */
public final class Shapes {
    private Shapes() {}

    /** One line for each difference: where, recorded, simulated. */
    public static List<String> differences(JsonObject recorded, JsonObject simulated) {
        List<String> differences = new ArrayList<>();
        compare("", recorded, simulated, differences);
        return differences;
    }

    private static void compare(String at, @Nullable Object recorded, @Nullable Object simulated, List<String> out) {
        if (!type(recorded).equals(type(simulated))) {
            out.add(at + ": recorded " + type(recorded) + ", simulated " + type(simulated));
        } else if (recorded instanceof JsonObject one && simulated instanceof JsonObject other) {
            TreeSet<String> keys = new TreeSet<>(one.fieldNames());
            keys.addAll(other.fieldNames());
            for (String key : keys) {
                if (!one.containsKey(key) || !other.containsKey(key)) {
                    out.add(at + '/' + key + ": only " + (one.containsKey(key) ? "recorded" : "simulated"));
                } else {
                    compare(at + '/' + key, one.getValue(key), other.getValue(key), out);
                }
            }
        } else if (recorded instanceof JsonArray one
                && simulated instanceof JsonArray other
                && !one.isEmpty()
                && !other.isEmpty()) {
            compare(at + "[0]", one.getValue(0), other.getValue(0), out);
        }
    }

    private static String type(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Integer || value instanceof Long) {
            return "integer";
        }
        return value instanceof Number ? "decimal" : value.getClass().getSimpleName();
    }
}
