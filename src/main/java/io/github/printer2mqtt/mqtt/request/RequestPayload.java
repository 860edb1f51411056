package io.github.printer2mqtt.mqtt.request;

import io.github.printer2mqtt.json.ClientJson;
import io.github.printer2mqtt.json.ClientJson.InvalidJsonException;
import io.github.printer2mqtt.mqtt.request.RequestException.Code;
import io.github.printer2mqtt.text.QuotedText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a command or request: empty, a JSON object that may have a {@code transaction}, or the only argument
 * of the command as a plain value.
 *
 * @param transaction a String or a Long; null for none
 * @param arguments the rest of the object
 */
record RequestPayload(@Nullable Object transaction, JsonObject arguments) {
    /** More than any registration needs. */
    private static final int MAX_BYTES = 64 * 1024;

    private static final int MAX_TRANSACTION_LENGTH = 200;
    private static final String TRANSACTION = "transaction";

    /**
     * @param scalarArgument the argument given by a payload of one JSON value; null if the payload must be an object
     * @throws RequestException if the payload is invalid
     */
    static RequestPayload parse(byte[] payload, @Nullable String scalarArgument) {
        if (payload.length > MAX_BYTES) {
            throw new RequestException(
                    Code.TOO_LARGE, "found " + payload.length + " bytes, expected at most " + MAX_BYTES);
        }
        if (payload.length == 0) {
            return new RequestPayload(null, new JsonObject());
        }
        JsonObject object = object(payload, scalarArgument);
        return new RequestPayload(transaction(object.remove(TRANSACTION)), object);
    }

    private static JsonObject object(byte[] payload, @Nullable String scalarArgument) {
        String expected = "expected " + (scalarArgument == null ? "an empty payload" : "a plain " + scalarArgument)
                + " or a JSON object";
        Object value;
        try {
            value = ClientJson.read(payload);
        } catch (InvalidJsonException e) {
            throw new RequestException(Code.MALFORMED_JSON, e.getMessage() + ", " + expected);
        }
        if (value instanceof JsonObject object) {
            return object;
        }
        if (scalarArgument != null && !(value instanceof JsonArray) && value != null) {
            return new JsonObject().put(scalarArgument, value);
        }
        throw new RequestException(Code.MALFORMED_JSON, expected);
    }

    private static @Nullable Object transaction(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof String text && text.length() <= MAX_TRANSACTION_LENGTH) {
            return text;
        }
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        throw new RequestException(
                Code.INVALID_FIELD,
                TRANSACTION + ": expected a string of at most " + MAX_TRANSACTION_LENGTH
                        + " characters or a 64-bit integer");
    }

    /** @throws RequestException if there is any other argument */
    void expectOnly(String... names) {
        for (String name : arguments.fieldNames()) {
            if (!List.of(names).contains(name)) {
                throw new RequestException(
                        Code.INVALID_FIELD,
                        "found the field " + QuotedText.of(name) + ", expected "
                                + (names.length == 0 ? "no arguments" : "only " + String.join(" and ", names)));
            }
        }
    }
}
