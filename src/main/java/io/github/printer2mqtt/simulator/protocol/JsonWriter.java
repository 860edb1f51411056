package io.github.printer2mqtt.simulator.protocol;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Builds JSON documents in the member order and number formats of real printers. Not thread-safe. */
final class JsonWriter {
    private final JsonObject json = new JsonObject();

    private JsonWriter() {}

    /** One document with the given members. */
    static Buffer document(Consumer<JsonWriter> members) {
        return object(members).toBuffer();
    }

    static JsonObject object(Consumer<JsonWriter> members) {
        JsonWriter writer = new JsonWriter();
        members.accept(writer);
        return writer.json;
    }

    JsonWriter object(String name, Consumer<JsonWriter> members) {
        return any(name, object(members));
    }

    JsonWriter text(String name, @Nullable String value) {
        return any(name, value);
    }

    JsonWriter flag(String name, boolean value) {
        return any(name, value);
    }

    JsonWriter integer(String name, long value) {
        return any(name, value);
    }

    /** A number with at most so many digits, never written as an integer. */
    JsonWriter decimal(String name, double value, int digits) {
        return any(name, rounded(value, digits));
    }

    /** A number with exactly so many digits. */
    JsonWriter fixed(String name, double value, int digits) {
        return any(name, BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP));
    }

    JsonWriter nothing(String name) {
        return any(name, null);
    }

    /** Text, a number, a boolean, null, or a list or map of those. */
    JsonWriter any(String name, @Nullable Object value) {
        json.put(name, value);
        return this;
    }

    static double rounded(double value, int digits) {
        double scale = Math.pow(10, digits);
        return Math.round(value * scale) / scale;
    }
}
