package io.github.printer2mqtt.config;

import java.util.List;
import java.util.Map;

/** A JSON document as it was written, before anybody knows what it should be. */
sealed interface JsonTree {
    /** How a value that is neither object nor list is written. */
    enum Form {
        TEXT("a text"),
        NUMBER("a number"),
        FLAG("true or false"),
        NULL("null");

        private final String words;

        Form(String words) {
            this.words = words;
        }
    }

    /** @param members in the order of the file */
    record Obj(Map<String, JsonTree> members) implements JsonTree {
        @Override
        public String form() {
            return "an object";
        }
    }

    /** @param items in the order of the file */
    record Arr(List<JsonTree> items) implements JsonTree {
        @Override
        public String form() {
            return "a list";
        }
    }

    /**
     * @param written how
     * @param text what it says, without quotes
     */
    record Scalar(Form written, String text) implements JsonTree {
        @Override
        public String form() {
            return written.words;
        }
    }

    /** What kind of value this is, for a message; never the value itself. */
    String form();

    default boolean isNull() {
        return this instanceof Scalar scalar && scalar.written() == Form.NULL;
    }
}
