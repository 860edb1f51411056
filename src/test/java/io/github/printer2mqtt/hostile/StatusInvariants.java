package io.github.printer2mqtt.hostile;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What holds for every status, whatever its printer says. */
public final class StatusInvariants {
    private static final Set<Integer> UNSOUND_CHARACTERS = Set.of(
            (int) Character.CONTROL,
            (int) Character.FORMAT,
            (int) Character.SURROGATE,
            (int) Character.LINE_SEPARATOR,
            (int) Character.PARAGRAPH_SEPARATOR);

    private final Set<String> breaches = new TreeSet<>();

    private StatusInvariants() {}

    /** What is wrong with a status; empty if nothing is. */
    public static Set<String> breaches(JsonObject status) {
        StatusInvariants check = new StatusInvariants();
        check.object("", status);
        return check.breaches;
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
                || text.codePoints().mapToObj(Character::getType).anyMatch(UNSOUND_CHARACTERS::contains)) {
            breaches.add(path + ": " + text.substring(0, Math.min(300, text.length())));
        }
    }

    private void number(String path, double number) {
        if (number < least(path) || number > most(path)) {
            breaches.add(path + ": " + number);
        }
    }

    private static double least(String path) {
        return path.startsWith("/temperatures/") ? -274 : 0;
    }

    private static double most(String path) {
        if (path.startsWith("/temperatures/")) {
            return 2000;
        }
        return switch (path) {
            case "/job/progress", "/fan" -> 100;
            case "/speed" -> 10_000;
            case "/job/elapsed", "/job/remaining" -> 366 * 24 * 3600;
            case "/job/layer", "/job/layers" -> 1_000_000;
            default -> Integer.MAX_VALUE;
        };
    }
}
