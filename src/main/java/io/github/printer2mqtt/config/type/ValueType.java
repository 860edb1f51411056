package io.github.printer2mqtt.config.type;

import io.github.printer2mqtt.config.type.JsonTree.ArrayNode;
import io.github.printer2mqtt.config.type.JsonTree.JsonType;
import io.github.printer2mqtt.config.type.JsonTree.ObjectNode;
import io.github.printer2mqtt.config.type.JsonTree.Scalar;
import io.github.printer2mqtt.text.QuotedText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Parses and shows the values of a key. */
public sealed interface ValueType<T> {
    /** Converts a text to a value. */
    @FunctionalInterface
    interface Parser<T> {
        T parse(String text) throws InvalidSettingException;
    }

    /** Parses a value of the file or of an environment variable. */
    T parse(JsonTree value) throws InvalidSettingException;

    /** Description of valid values, for messages and the documentation. */
    String expected();

    /** How messages show a value. */
    String shown(JsonTree value);

    /** Whether no message may show a value. */
    default boolean isSecret() {
        return false;
    }

    /**
     * A single value.
     *
     * @param jsonType its JSON type in the file
     * @param expected as in {@link ValueType#expected()}
     * @param isSecret as in {@link ValueType#isSecret()}; the errors of the parser must not show the text then
     * @param parser of its text
     */
    record Single<T>(JsonType jsonType, String expected, boolean isSecret, Parser<T> parser) implements ValueType<T> {
        @Override
        public T parse(JsonTree value) throws InvalidSettingException {
            if (value instanceof Scalar scalar && scalar.is(jsonType)) {
                return parser.parse(scalar.text());
            }
            throw InvalidSettingException.expected(expected);
        }

        @Override
        public String shown(JsonTree value) {
            if (isSecret || !(value instanceof Scalar scalar)) {
                return value.typeName();
            }
            String quoted = QuotedText.of(scalar.text());
            return scalar.is(JsonType.STRING) ? quoted : quoted.substring(1, quoted.length() - 1);
        }
    }

    /** Makes a value of two texts. */
    @FunctionalInterface
    interface PairParser<T> {
        T parse(String first, String second) throws InvalidSettingException;
    }

    /**
     * An object with two texts; in environment variables {@code first=second}.
     *
     * @param first key of the first text
     * @param second key of the second text
     * @param expected as in {@link ValueType#expected()}
     */
    record Pair<T>(String first, String second, String expected, PairParser<T> parser) implements ValueType<T> {
        @Override
        public T parse(JsonTree value) throws InvalidSettingException {
            if (value instanceof Scalar scalar && scalar.jsonType() == JsonType.VARIABLE) {
                String[] parts = scalar.text().split("=", 2);
                if (parts.length == 2) {
                    return parser.parse(parts[0], parts[1]);
                }
            }
            if (value instanceof ObjectNode object
                    && object.members().size() == 2
                    && object.members().get(first) instanceof Scalar one
                    && object.members().get(second) instanceof Scalar other
                    && one.is(JsonType.STRING)
                    && other.is(JsonType.STRING)) {
                return parser.parse(one.text(), other.text());
            }
            throw InvalidSettingException.expected(expected);
        }

        @Override
        public String shown(JsonTree value) {
            if (value instanceof ObjectNode object
                    && object.members().get(first) instanceof Scalar one
                    && object.members().get(second) instanceof Scalar other) {
                return QuotedText.of(one.text() + "=" + other.text());
            }
            return value instanceof Scalar scalar ? QuotedText.of(scalar.text()) : value.typeName();
        }
    }

    /**
     * A list, separated by commas in environment variables.
     *
     * @param expected as in {@link ValueType#expected()}
     * @param item type of the items
     */
    record ListOf<E>(String expected, ValueType<E> item) implements ValueType<List<E>> {
        @Override
        public List<E> parse(JsonTree value) throws InvalidSettingException {
            List<E> values = new ArrayList<>();
            for (JsonTree element : elements(value)) {
                try {
                    values.add(item.parse(element));
                } catch (InvalidSettingException e) {
                    throw e.atItem(values.size(), item.shown(element));
                }
            }
            return List.copyOf(values);
        }

        private List<JsonTree> elements(JsonTree value) throws InvalidSettingException {
            if (value instanceof ArrayNode list) {
                return list.items();
            }
            if (value instanceof Scalar scalar && scalar.jsonType() == JsonType.VARIABLE) {
                return scalar.text().isBlank()
                        ? List.of()
                        : Stream.of(scalar.text().split(",", -1))
                                .map(text -> JsonTree.ofVariable(text.strip()))
                                .toList();
            }
            throw InvalidSettingException.expected(expected);
        }

        @Override
        public String shown(JsonTree value) {
            return item.shown(value);
        }
    }
}
