package io.github.printer2mqtt.config;

import io.github.printer2mqtt.text.QuotedText;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A parsed JSON value whose type is not yet checked. */
sealed interface JsonTree {
    /** JSON type of a value that is neither object nor array. */
    enum JsonType {
        STRING("a string"),
        NUMBER("a number"),
        BOOLEAN("true or false"),
        NULL("null");

        private final String words;

        JsonType(String words) {
            this.words = words;
        }
    }

    /** @param members in the order of the file */
    record ObjectNode(Map<String, JsonTree> members) implements JsonTree {
        @Override
        public String typeName() {
            return "an object";
        }
    }

    /** @param items in the order of the file */
    record ArrayNode(List<JsonTree> items) implements JsonTree {
        @Override
        public String typeName() {
            return "a list";
        }
    }

    /**
     * @param jsonType its JSON type
     * @param text its text, without quotes
     */
    record Scalar(JsonType jsonType, String text) implements JsonTree {
        @Override
        public String typeName() {
            return jsonType.words;
        }
    }

    /** The JSON type as shown in messages, never the value. */
    String typeName();

    default boolean isNull() {
        return this instanceof Scalar scalar && scalar.jsonType() == JsonType.NULL;
    }

    /** Builds paths such as {@code polling.interval.idle}. */
    static final class KeyPath {
        private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]{1,64}");

        private KeyPath() {}

        /** Appends a key to a path, which is empty for the document. Keys with unusual characters are quoted. */
        static String join(String path, String key) {
            String shown = PLAIN.matcher(key).matches() ? key : QuotedText.of(key);
            return path.isEmpty() ? shown : path + "." + shown;
        }
    }
}
