package io.github.printer2mqtt.config;

import io.github.printer2mqtt.config.JsonTree.ArrayNode;
import io.github.printer2mqtt.config.JsonTree.JsonType;
import io.github.printer2mqtt.config.JsonTree.Scalar;
import io.github.printer2mqtt.text.QuotedText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Parses and shows the values of a key. */
sealed interface ValueType<T> {
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

    /**
     * A list, separated by commas in environment variables.
     *
     * @param expected as in {@link ValueType#expected()}
     * @param item type of the items
     */
    record ListOf<E>(String expected, Single<E> item) implements ValueType<List<E>> {
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
