package io.github.printer2mqtt.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/**
 * A status as single values for tools that do not read JSON, by paths such as {@code job/progress} or
 * {@code temperatures/nozzles/0/actual}. Unknown and empty values are left out. Pure.
 */
public final class AttributeTexts {
    private static final JsonFactory FACTORY = new JsonFactory();

    private AttributeTexts() {}

    public static Map<String, String> of(StatusDocument document) {
        Map<String, String> texts = new TreeMap<>();
        Deque<Level> levels = new ArrayDeque<>();
        try (JsonParser json = FACTORY.createParser(document.bytes())) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token.isStructStart()) {
                    levels.push(new Level(path(levels), token == JsonToken.START_ARRAY));
                } else if (token.isStructEnd()) {
                    levels.pop();
                } else if (token == JsonToken.FIELD_NAME) {
                    levels.element().name = json.currentName();
                } else if (token != JsonToken.VALUE_NULL && !json.getText().isEmpty()) {
                    texts.put(path(levels), json.getText());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read a status document of this program", e);
        }
        return texts;
    }

    /** An enclosing object or array. */
    private static final class Level {
        private final String path;
        private final boolean isArray;
        private String name = "";
        private int index;

        Level(String path, boolean isArray) {
            this.path = path;
            this.isArray = isArray;
        }

        String next() {
            String last = isArray ? Integer.toString(index++) : name;
            return path.isEmpty() ? last : path + "/" + last;
        }
    }

    private static String path(Deque<Level> levels) {
        return levels.isEmpty() ? "" : levels.element().next();
    }
}
