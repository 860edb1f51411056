package io.github.printer2mqtt.config;

import io.github.printer2mqtt.config.JsonTree.ArrayNode;
import io.github.printer2mqtt.config.JsonTree.JsonType;
import io.github.printer2mqtt.config.JsonTree.Scalar;
import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.Secret;
import java.util.ArrayList;
import java.util.List;

/** Parses and shows the values of a key. */
sealed interface ValueType<T> {
    /** Converts a text to a value. */
    @FunctionalInterface
    interface Parser<T> {
        T parse(String text) throws InvalidSettingException;
    }

    /** Parses a value of the file. */
    T fromJson(JsonTree json) throws InvalidSettingException;

    /** Parses a value of an environment variable. */
    T fromText(String text) throws InvalidSettingException;

    /** Description of valid values, for messages and the documentation. */
    String expected();

    /** How messages show a value of the file. */
    String shown(JsonTree json);

    /** How messages show a value of an environment variable. */
    String shown(String text);

    /** Converts the text of a default to JSON. */
    String asJson(String text);

    /**
     * A value that messages may show.
     *
     * @param jsonType its JSON type in the file
     * @param expected as in {@link ValueType#expected()}
     * @param parser of its text
     */
    record Plain<T>(JsonType jsonType, String expected, Parser<T> parser) implements ValueType<T> {
        @Override
        public T fromJson(JsonTree json) throws InvalidSettingException {
            if (json instanceof Scalar scalar && scalar.jsonType() == jsonType) {
                return parser.parse(scalar.text());
            }
            throw InvalidSettingException.expected(expected);
        }

        @Override
        public T fromText(String text) throws InvalidSettingException {
            return parser.parse(text);
        }

        @Override
        public String shown(JsonTree json) {
            if (!(json instanceof Scalar scalar)) {
                return json.typeName();
            }
            String quoted = QuotedText.of(scalar.text());
            return scalar.jsonType() == JsonType.STRING ? quoted : quoted.substring(1, quoted.length() - 1);
        }

        @Override
        public String shown(String text) {
            return QuotedText.of(text);
        }

        @Override
        public String asJson(String text) {
            return jsonType == JsonType.STRING ? '"' + text + '"' : text;
        }
    }

    /**
     * A value that no message shows.
     *
     * @param expected as in {@link ValueType#expected()}
     * @param parser of its text; its errors must not show the text
     */
    record Hidden(String expected, Parser<Secret> parser) implements ValueType<Secret> {
        @Override
        public Secret fromJson(JsonTree json) throws InvalidSettingException {
            if (json instanceof Scalar scalar && scalar.jsonType() == JsonType.STRING) {
                return parser.parse(scalar.text());
            }
            throw InvalidSettingException.expected(expected);
        }

        @Override
        public Secret fromText(String text) throws InvalidSettingException {
            return parser.parse(text);
        }

        @Override
        public String shown(JsonTree json) {
            return json.typeName();
        }

        @Override
        public String shown(String text) {
            return "a string";
        }

        @Override
        public String asJson(String text) {
            return "\"***\"";
        }
    }

    /**
     * A list, separated by commas in environment variables.
     *
     * @param expected as in {@link ValueType#expected()}
     * @param item type of the items
     */
    record ListOf<E>(String expected, Plain<E> item) implements ValueType<List<E>> {
        @Override
        public List<E> fromJson(JsonTree json) throws InvalidSettingException {
            if (!(json instanceof ArrayNode list)) {
                throw InvalidSettingException.expected(expected);
            }
            List<E> values = new ArrayList<>();
            for (JsonTree element : list.items()) {
                try {
                    values.add(item.fromJson(element));
                } catch (InvalidSettingException e) {
                    throw e.atItem(values.size(), item.shown(element));
                }
            }
            return List.copyOf(values);
        }

        @Override
        public List<E> fromText(String text) throws InvalidSettingException {
            List<E> values = new ArrayList<>();
            if (text.isBlank()) {
                return List.of();
            }
            for (String element : text.split(",", -1)) {
                try {
                    values.add(item.fromText(element.strip()));
                } catch (InvalidSettingException e) {
                    throw e.atItem(values.size(), item.shown(element.strip()));
                }
            }
            return List.copyOf(values);
        }

        @Override
        public String shown(JsonTree json) {
            return json instanceof ArrayNode ? json.typeName() : item.shown(json);
        }

        @Override
        public String shown(String text) {
            return QuotedText.of(text);
        }

        @Override
        public String asJson(String text) {
            return text.isEmpty() ? "[]" : "[\"" + text.replace(",", "\", \"") + "\"]";
        }
    }
}
