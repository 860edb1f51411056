package io.github.printer2mqtt.config.type;

import io.github.printer2mqtt.text.QuotedText;
import java.util.List;
import java.util.Map;

/** A value of the file or of an environment variable, whose type is not yet checked. */
public sealed interface JsonTree {
    /** Type of a value that is neither object nor array. */
    enum JsonType {
        STRING("a string"),
        NUMBER("a number"),
        BOOLEAN("true or false"),
        NULL("null"),
        /** The text of an environment variable, which may stand for any type. */
        VARIABLE("a string");

        private final String words;

        JsonType(String words) {
            this.words = words;
        }
    }

    /** @param members in the order of the file */
    record ObjectNode(Map<String, JsonTree> members) implements JsonTree {}

    /** @param items in the order of the file */
    record ArrayNode(List<JsonTree> items) implements JsonTree {}

    /**
     * @param jsonType its type
     * @param text its text, without quotes
     */
    record Scalar(JsonType jsonType, String text) implements JsonTree {
        /** Whether it may be a value of this type. */
        boolean is(JsonType type) {
            return jsonType == type || jsonType == JsonType.VARIABLE;
        }
    }

    /** The JSON type as shown in messages, never the value. */
    default String typeName() {
        if (this instanceof Scalar scalar) {
            return scalar.jsonType().words;
        }
        return this instanceof ArrayNode ? "a list" : "an object";
    }

    /** Whether it is null or the empty text of a variable, either of which unsets a nullable key. */
    default boolean isUnset() {
        return this instanceof Scalar scalar
                && (scalar.jsonType() == JsonType.NULL
                        || (scalar.jsonType() == JsonType.VARIABLE
                                && scalar.text().isEmpty()));
    }

    static JsonTree ofVariable(String text) {
        return new Scalar(JsonType.VARIABLE, text);
    }

    /** Appends a key to a path, which is empty for the document: {@code polling.timeout}. Unusual keys are quoted. */
    static String join(String path, String key) {
        String shown = key.matches("[A-Za-z0-9_-]{1,64}") ? key : QuotedText.of(key);
        return path.isEmpty() ? shown : path + "." + shown;
    }
}
