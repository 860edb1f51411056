package io.github.printer2mqtt.config;

import io.github.printer2mqtt.text.QuotedText;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

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

    /** How the place of a value is written: {@code polling.interval.idle}. */
    static final class KeyPath {
        private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]{1,64}");

        private KeyPath() {}

        /** The path of a key below a path, which is empty for the document. A key that could mislead is quoted. */
        static String join(String path, String key) {
            String shown = PLAIN.matcher(key).matches() ? key : QuotedText.of(key);
            return path.isEmpty() ? shown : path + "." + shown;
        }
    }
}
