package io.github.printer2mqtt.simulator.protocol;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes JSON straight to text, without a tree, in the number formats of real printers. Not thread-safe. */
final class JsonWriter {
    private final StringBuilder out = new StringBuilder(512);
    private boolean first = true;

    private JsonWriter() {}

    /** One document: the members are written by the given code. */
    static Buffer document(Consumer<JsonWriter> members) {
        JsonWriter json = new JsonWriter();
        json.braces(members);
        return Buffer.buffer(json.out.toString());
    }

    JsonWriter object(String name, Consumer<JsonWriter> members) {
        name(name);
        braces(members);
        return this;
    }

    JsonWriter text(String name, @Nullable String value) {
        name(name);
        quoted(value);
        return this;
    }

    JsonWriter flag(String name, boolean value) {
        name(name);
        out.append(value);
        return this;
    }

    JsonWriter integer(String name, long value) {
        name(name);
        out.append(value);
        return this;
    }

    /** A number that is never written as an integer, rounded to at most so many digits. */
    JsonWriter decimal(String name, double value, int digits) {
        name(name);
        out.append(rounded(value, digits));
        return this;
    }

    /** A number with exactly so many digits. */
    JsonWriter fixed(String name, double value, int digits) {
        name(name);
        out.append(
                BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).toPlainString());
        return this;
    }

    JsonWriter nothing(String name) {
        name(name);
        out.append("null");
        return this;
    }

    /** Any value of text, numbers, booleans, null, and collections and maps of those. */
    JsonWriter any(String name, @Nullable Object value) {
        name(name);
        write(value);
        return this;
    }

    static double rounded(double value, int digits) {
        double scale = Math.pow(10, digits);
        return Math.round(value * scale) / scale;
    }

    private void write(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            braces(json -> map.forEach((key, member) -> json.any(String.valueOf(key), member)));
        } else if (value instanceof Collection<?> items) {
            String comma = "";
            out.append('[');
            for (Object item : items) {
                out.append(comma);
                write(item);
                comma = ",";
            }
            out.append(']');
        } else if (value instanceof CharSequence text) {
            quoted(text);
        } else {
            out.append(value);
        }
    }

    private void braces(Consumer<JsonWriter> members) {
        out.append('{');
        first = true;
        members.accept(this);
        out.append('}');
        first = false;
    }

    private void name(String name) {
        if (!first) {
            out.append(',');
        }
        first = false;
        quoted(name);
        out.append(':');
    }

    private void quoted(@Nullable CharSequence text) {
        if (text == null) {
            out.append("null");
            return;
        }
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        out.append('"');
    }
}
