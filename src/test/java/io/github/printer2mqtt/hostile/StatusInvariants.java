package io.github.printer2mqtt.hostile;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Invariants of every status, whatever the printer sends. */
public final class StatusInvariants {
    private static final Set<Integer> FORBIDDEN_CHARACTERS = Set.of(
            (int) Character.CONTROL,
            (int) Character.FORMAT,
            (int) Character.SURROGATE,
            (int) Character.LINE_SEPARATOR,
            (int) Character.PARAGRAPH_SEPARATOR);

    private final Set<String> violations = new TreeSet<>();

    private StatusInvariants() {}

    /** The violations in a status; empty if it is valid. */
    public static Set<String> violations(JsonObject status) {
        StatusInvariants check = new StatusInvariants();
        check.object("", status);
        return check.violations;
    }

    private void object(String path, JsonObject object) {
        for (Map.Entry<String, Object> member : object) {
            value(path + "/" + member.getKey(), member.getValue());
        }
    }

    private void value(String path, Object value) {
        if (value instanceof JsonObject object) {
            object(path, object);
        } else if (value instanceof JsonArray array) {
            array.forEach(element -> value(path, element));
        } else if (value instanceof String text) {
            text(path, text);
        } else if (value instanceof Number number) {
            number(path, number.doubleValue());
        }
    }

    private void text(String path, String text) {
        if (text.length() > 256
                || text.codePoints().mapToObj(Character::getType).anyMatch(FORBIDDEN_CHARACTERS::contains)) {
            violations.add(path + ": " + text.substring(0, Math.min(300, text.length())));
        }
    }

    private void number(String path, double number) {
        if (number < minimum(path) || number > maximum(path)) {
            violations.add(path + ": " + number);
        }
    }

    private static double minimum(String path) {
        return path.startsWith("/temperatures/") ? -274 : 0;
    }

    private static double maximum(String path) {
        if (path.startsWith("/temperatures/")) {
            return 2000;
        }
        return switch (path) {
            case "/job/progress", "/fan", "/filaments/remaining" -> 100;
            case "/active_nozzle" -> 15;
            case "/speed" -> 10_000;
            case "/job/elapsed", "/job/remaining" -> 366 * 24 * 3600;
            case "/job/layer", "/job/layers" -> 1_000_000;
            default -> Integer.MAX_VALUE;
        };
    }
}
