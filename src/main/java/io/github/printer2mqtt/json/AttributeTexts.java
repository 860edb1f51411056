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
 * A status as single values, for tools that read no JSON: by path, {@code job/progress} or
 * {@code temperatures/nozzles/0/actual}, as it stands in the document. What is unknown or empty has no value. Pure.
 */
public final class AttributeTexts {
    private static final JsonFactory FACTORY = new JsonFactory();

    private AttributeTexts() {}

    public static Map<String, String> of(StatusDocument document) {
        Map<String, String> texts = new TreeMap<>();
        Deque<Place> places = new ArrayDeque<>();
        try (JsonParser json = FACTORY.createParser(document.bytes())) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token.isStructStart()) {
                    places.push(new Place(path(places), token == JsonToken.START_ARRAY));
                } else if (token.isStructEnd()) {
                    places.pop();
                } else if (token == JsonToken.FIELD_NAME) {
                    places.element().name = json.currentName();
                } else if (token != JsonToken.VALUE_NULL && !json.getText().isEmpty()) {
                    texts.put(path(places), json.getText());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("our own document is unreadable", e);
        }
        return texts;
    }

    /** An object or array on the way to a value. */
    private static final class Place {
        private final String path;
        private final boolean isArray;
        private String name = "";
        private int index;

        Place(String path, boolean isArray) {
            this.path = path;
            this.isArray = isArray;
        }

        String next() {
            String last = isArray ? Integer.toString(index++) : name;
            return path.isEmpty() ? last : path + "/" + last;
        }
    }

    private static String path(Deque<Place> places) {
        return places.isEmpty() ? "" : places.element().next();
    }
}
