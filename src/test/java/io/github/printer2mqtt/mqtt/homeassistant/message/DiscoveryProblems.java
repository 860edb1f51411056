package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a {@link DiscoveryMessageValidator} found, and the checks that all parts of a message share. */
final class DiscoveryProblems {
    private final List<String> problems = new ArrayList<>();

    List<String> all() {
        return problems;
    }

    void add(String problem) {
        problems.add(problem);
    }

    void words(String id, String key, @Nullable Object value) {
        boolean sound = value instanceof JsonArray words
                && !words.isEmpty()
                && words.stream().allMatch(word -> word instanceof String text && !text.isEmpty())
                && words.stream().distinct().count() == words.size();
        expect(sound, id + ": " + key + " is " + value);
    }

    void template(String id, JsonObject component, String key) {
        String template = component.getString(key);
        if (template != null) {
            List<String> missing = TemplateNullCheck.missing(template);
            expect(missing.isEmpty(), id + ": " + key + " does not ask for " + missing);
        }
    }

    void topic(String where, JsonObject holder, String key) {
        Object value = holder.getValue(key, "a/topic");
        boolean sound = value instanceof String topic && topic.matches("[^+#\\x00-\\x1f]+");
        expect(sound, where + ": " + key + " is " + value);
    }

    void keys(String where, JsonObject object, Set<String> allowed) {
        for (String key : object.fieldNames()) {
            expect(allowed.contains(key), where + ": the key " + key + " does not belong there");
        }
    }

    /** Home Assistant rejects the whole message or entity for an empty or null text. */
    void texts(String where, JsonObject object, Set<String> others) {
        for (Map.Entry<String, Object> entry : object) {
            boolean sound = others.contains(entry.getKey())
                    ? entry.getValue() != null
                    : entry.getValue() instanceof String text && !text.isEmpty();
            expect(sound, where + ": " + entry.getKey() + " is " + entry.getValue());
        }
    }

    void expect(boolean sound, String problem) {
        if (!sound) {
            problems.add(problem);
        }
    }
}
