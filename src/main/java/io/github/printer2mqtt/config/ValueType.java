package io.github.printer2mqtt.config;

import io.github.printer2mqtt.config.JsonTree.Arr;
import io.github.printer2mqtt.config.JsonTree.Form;
import io.github.printer2mqtt.config.JsonTree.Scalar;
import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.Secret;
import java.util.ArrayList;
import java.util.List;

/** How the value of a key is written and what it becomes. */
sealed interface ValueType<T> {
    /** Makes the value of its text, or says what is expected. */
    @FunctionalInterface
    interface Parse<T> {
        T parse(String text) throws InvalidSettingException;
    }

    /** The value as it stands in the file. */
    T ofJson(JsonTree json) throws InvalidSettingException;

    /** The value as it stands in the environment. */
    T ofText(String text) throws InvalidSettingException;

    /** What is expected, for messages and for the documentation. */
    String expected();

    /** A value of the file as a message may show it. */
    String shown(JsonTree json);

    /** A value of the environment as a message may show it. */
    String shown(String text);

    /** How a default is written in config.json. */
    String asJson(String text);

    /**
     * A value that anybody may see.
     *
     * @param form as it is written in the file
     * @param expected as in {@link ValueType#expected()}
     * @param parse of its text
     */
    record Plain<T>(Form form, String expected, Parse<T> parse) implements ValueType<T> {
        @Override
        public T ofJson(JsonTree json) throws InvalidSettingException {
            if (json instanceof Scalar scalar && scalar.written() == form) {
                return parse.parse(scalar.text());
            }
            throw InvalidSettingException.expected(expected);
        }

        @Override
        public T ofText(String text) throws InvalidSettingException {
            return parse.parse(text);
        }

        @Override
        public String shown(JsonTree json) {
            if (!(json instanceof Scalar scalar)) {
                return json.form();
            }
            String quoted = QuotedText.of(scalar.text());
            return scalar.written() == Form.TEXT ? quoted : quoted.substring(1, quoted.length() - 1);
        }

        @Override
        public String shown(String text) {
            return QuotedText.of(text);
        }

        @Override
        public String asJson(String text) {
            return form == Form.TEXT ? '"' + text + '"' : text;
        }
    }

    /**
     * A value that no message shows.
     *
     * @param expected as in {@link ValueType#expected()}
     * @param check of its text, which must not show it either
     */
    record Hidden(String expected, Parse<Secret> check) implements ValueType<Secret> {
        @Override
        public Secret ofJson(JsonTree json) throws InvalidSettingException {
            if (json instanceof Scalar scalar && scalar.written() == Form.TEXT) {
                return check.parse(scalar.text());
            }
            throw InvalidSettingException.expected(expected);
        }

        @Override
        public Secret ofText(String text) throws InvalidSettingException {
            return check.parse(text);
        }

        @Override
        public String shown(JsonTree json) {
            return json.form();
        }

        @Override
        public String shown(String text) {
            return "a text";
        }

        @Override
        public String asJson(String text) {
            return "\"***\"";
        }
    }

    /**
     * A list, in the environment with commas between the items.
     *
     * @param expected as in {@link ValueType#expected()}
     * @param item what it is a list of
     */
    record ListOf<E>(String expected, Plain<E> item) implements ValueType<List<E>> {
        @Override
        public List<E> ofJson(JsonTree json) throws InvalidSettingException {
            if (!(json instanceof Arr list)) {
                throw InvalidSettingException.expected(expected);
            }
            List<E> values = new ArrayList<>();
            for (JsonTree one : list.items()) {
                try {
                    values.add(item.ofJson(one));
                } catch (InvalidSettingException e) {
                    throw e.atItem(values.size(), item.shown(one));
                }
            }
            return List.copyOf(values);
        }

        @Override
        public List<E> ofText(String text) throws InvalidSettingException {
            List<E> values = new ArrayList<>();
            if (text.isBlank()) {
                return List.of();
            }
            for (String one : text.split(",", -1)) {
                try {
                    values.add(item.ofText(one.strip()));
                } catch (InvalidSettingException e) {
                    throw e.atItem(values.size(), item.shown(one.strip()));
                }
            }
            return List.copyOf(values);
        }

        @Override
        public String shown(JsonTree json) {
            return json instanceof Arr ? json.form() : item.shown(json);
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
